import { type Look, placeOf, staysUnlisted } from './look.ts';
import { lookAtExpression } from './lookAtExpression.ts';
import { anything, STRIPPED } from './lookThrough.ts';
import { atPath } from './pathNode.ts';
import { writeRefused } from './writeRefused.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * An update by a pipeline. What stands in it is looked at; what it makes of fields while it runs cannot be, so that
 * expressions which build texts out of parts are refused. Copies and arithmetic pass. Throws WRITE_REFUSED.
 */
export function guardPipeline(look: Look, stages: readonly unknown[]): unknown[] {
  return stages.map((stage) => {
    const [[name, body] = ['', undefined], ...more] = isMapping(stage) ? Object.entries(stage) : [];
    if (more.length > 0) throw unchecked(look, 'a stage of the update has more than one name');
    switch (name) {
      case '$set':
      case '$addFields':
        return { [name]: assigned(look, body) };
      case '$unset':
        return stage;
      case '$project':
        return { [name]: projected(look, body) };
      case '$replaceWith':
        return { [name]: replaced(look, body) };
      case '$replaceRoot':
        return { [name]: { newRoot: replaced(look, isMapping(body) ? body.newRoot : undefined) } };
      default:
        throw unchecked(look, 'the update has a stage that is not known here');
    }
  });
}

function assigned(look: Look, body: unknown): Fields {
  if (!isMapping(body)) throw unchecked(look, 'a stage of the update names no fields');
  const kept = Object.entries(body).flatMap(([path, value]) => {
    const seen = atPath(look, path, (node) => (node ? lookAtExpression(look, node, value) : unnamed(look, value)));
    return seen === STRIPPED ? [] : [[path, seen]];
  });
  return Object.fromEntries(kept);
}

/** Zeros and ones, and their nestings, choose; everything else computes. */
function projected(look: Look, body: unknown): Fields {
  if (!isMapping(body)) throw unchecked(look, 'a stage of the update names no fields');
  const chooses = (value: unknown): boolean => [0, 1, true, false].includes(value as number);
  const computed = Object.fromEntries(Object.entries(body).filter(([, value]) => !chooses(value)));
  const chosen = Object.fromEntries(Object.entries(body).filter(([, value]) => chooses(value)));
  return { ...chosen, ...assigned(look, computed) };
}

/** A record in its own words, or the old one with such merged into it. */
function replaced(look: Look, expression: unknown): unknown {
  if (expression === '$$ROOT' || expression === '$$CURRENT') return expression;
  if (!isMapping(expression)) throw unchecked(look, 'the record is replaced by what is only known as the update runs');
  const { $mergeObjects: parts } = expression;
  if (parts !== undefined) {
    if (!Array.isArray(parts)) throw unchecked(look, 'the record is replaced by what is only known as the update runs');
    return { $mergeObjects: parts.map((part) => replaced(look, part)) };
  }
  return lookAtExpression(look, look.rules.root, expression);
}

function unnamed(look: Look, value: unknown): unknown {
  lookAtExpression(look, anything, value);
  return staysUnlisted(look) ? value : STRIPPED;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unchecked(look: Look, what: string): Error {
  return writeRefused(placeOf(look), what, 'Write the values themselves, by $set.');
}
