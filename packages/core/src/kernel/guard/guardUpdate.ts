import { guardPipeline } from './guardPipeline.ts';
import { type Look, mayMove, placeOf, staysUnlisted } from './look.ts';
import { demandHeld, lookAtUnnamed, lookThrough, STRIPPED } from './lookThrough.ts';
import { atPath } from './pathNode.ts';
import { writeRefused } from './writeRefused.ts';
import type { FieldNode } from './writeRules.ts';

type Operands = Readonly<Record<string, unknown>>;

/** Operators that write the value that they name. */
const WRITING: ReadonlySet<string> = new Set([
  '$set',
  '$setOnInsert',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$bit',
  '$currentDate',
]);
/** Operators that add elements, one or `$each`. */
const ADDING: ReadonlySet<string> = new Set(['$push', '$addToSet']);
/** Operators that only take away; a field that nobody named may go. */
const REMOVING: ReadonlySet<string> = new Set(['$unset', '$pull', '$pullAll', '$pop']);

/** An update, of operators or a pipeline, as it may be carried out. Throws WRITE_REFUSED. */
export function guardUpdate(look: Look, update: unknown): unknown {
  if (Array.isArray(update)) return guardPipeline(look, update);
  if (typeof update !== 'object' || update === null)
    throw notUnderstood(look, 'an update is neither operators nor a pipeline');

  const entries = Object.entries(update).map(([operator, operands]) => [operator, guarded(look, operator, operands)]);
  return Object.fromEntries(entries);
}

function guarded(look: Look, operator: string, operands: unknown): unknown {
  if (REMOVING.has(operator)) return operands;
  if (typeof operands !== 'object' || operands === null)
    throw notUnderstood(look, `${known(operator)} names no fields`);
  if (operator === '$rename') return renamed(look, operands as Operands);
  if (WRITING.has(operator)) return written(look, operands as Operands, lookThrough);
  if (ADDING.has(operator)) return written(look, operands as Operands, added);
  throw notUnderstood(look, `${known(operator)} is no operator that writes`);
}

/** Names that come from outside are not repeated. */
function known(operator: string): string {
  return /^\$[a-zA-Z]{1,20}$/.test(operator) ? operator : 'a name without $';
}

function written(look: Look, operands: Operands, each: typeof lookThrough): Operands {
  const kept = Object.entries(operands).flatMap(([path, value]) => {
    const seen = atPath(look, path, (node) => (node ? each(look, node, value) : lookAtUnnamed(look, value)));
    return seen === STRIPPED ? [] : [[path, seen]];
  });
  return Object.fromEntries(kept);
}

/** One element, or those of `$each`; the modifiers beside it place and cut, and write nothing. */
function added(look: Look, node: FieldNode, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '$each'))
    return lookThrough(look, node, value);
  const { $each, ...modifiers } = value as { readonly $each: unknown };
  const seen = lookThrough(look, node, $each);
  return seen === STRIPPED ? STRIPPED : { ...modifiers, $each: seen };
}

/** Whatever stood under the old name stands under the new one. */
function renamed(look: Look, operands: Operands): Operands {
  const kept = Object.entries(operands).filter(([from, to]) => {
    const source = atPath(look, from, (node) => node);
    return atPath(look, String(to), (node) => {
      if (node === undefined) return staysUnlisted(look);
      demandHeld(look, node);
      if (!mayMove(source, node)) {
        throw writeRefused(
          placeOf(look),
          'the field holds hashes, and what is renamed may be none',
          'Write the hash itself.',
        );
      }
      return true;
    });
  });
  return Object.fromEntries(kept);
}

function notUnderstood(look: Look, what: string): Error {
  return writeRefused(look.rules.collection, what, 'Use $set and the other operators of MongoDB.');
}
