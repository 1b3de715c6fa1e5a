import { below, demandName, enter, type Look, mayMove, placeOf, staysUnlisted } from './look.ts';
import { anything, demandHeld, lookThrough, STRIPPED } from './lookThrough.ts';
import { writeRefused } from './writeRefused.ts';
import type { FieldNode } from './writeRules.ts';

/** Answer something else than a text that was put together: a number, a date, a yes or no. */
const COMPUTING: ReadonlySet<string> = new Set(
  (
    '$abs $add $ceil $divide $exp $floor $ln $log $log10 $mod $multiply $pow $round $sqrt $subtract $trunc $avg $sum ' +
    '$and $or $not $cmp $eq $gt $gte $lt $lte $ne $in $size $type $isArray $isNumber $strLenCP $strLenBytes ' +
    '$dateAdd $dateSubtract $dateDiff $dateTrunc $dateFromParts $year $month $week $dayOfMonth $dayOfWeek $dayOfYear $hour $minute ' +
    '$second $millisecond $anyElementTrue $allElementsTrue $setEquals $setIsSubset $binarySize $bsonSize $rand $toDate $toBool'
  ).split(' '),
);
/** Answer one of their operands, or elements of them, as they are. */
const CHOOSING: ReadonlySet<string> = new Set(
  '$ifNull $min $max $first $last $concatArrays $setUnion $setDifference $setIntersection $reverseArray $mergeObjects'.split(
    ' ',
  ),
);
/** Of these, the parts by which they choose, and those that they choose from. */
const NAMED: Readonly<Record<string, { readonly looks: readonly string[]; readonly answers: readonly string[] }>> = {
  $cond: { looks: ['if'], answers: ['then', 'else'] },
  $filter: { looks: ['cond'], answers: ['input'] },
  $sortArray: { looks: [], answers: ['input'] },
};
/** These have a list of parts too: the only one that decides, or the only one that answers, comes first. */
const LISTED: Readonly<Record<string, 'looks' | 'answers'>> = {
  $cond: 'looks',
  $slice: 'answers',
  $arrayElemAt: 'answers',
};

/**
 * Looks at an expression of an update whose answer is stored at `node`: at what stands in it, and at whether it can
 * answer anything else. Answers it as it may be carried out, or STRIPPED. Throws WRITE_REFUSED.
 */
export function lookAtExpression(look: Look, node: FieldNode, expression: unknown): unknown {
  demandHeld(look, node);
  if (typeof expression === 'string' && expression.startsWith('$')) return copied(look, node, expression);
  if (Array.isArray(expression)) return elements(look, node, expression);
  if (!isPlain(expression)) return lookThrough(look, node, expression);
  const [operator = ''] = Object.keys(expression);
  if (!operator.startsWith('$')) return fields(look, node, expression);
  const operand = expression[operator];
  if (operator === '$literal') return literal(look, node, operand);
  if (node.field?.holds === 'hash' && COMPUTING.has(operator)) throw unchecked(look, operator);
  const inside = whole(look);
  enter(look, operator);
  if (COMPUTING.has(operator)) lookAtExpression(inside, anything, operand);
  else if (CHOOSING.has(operator)) each(operand, (one) => lookAtExpression(inside, node, one));
  else parted(inside, node, operator, operand);
  look.trail.pop();
  return expression;
}

/** What an operator works on cannot be cut without another answer: a part that may not be written refuses all of it. */
function whole(look: Look): Look {
  return look.rules.unlisted === 'strip' ? { ...look, rules: { ...look.rules, unlisted: 'refuse' } } : look;
}

/** Fields of the same record, and `$$NOW`: what they hold was looked at when it was written. */
function copied(look: Look, node: FieldNode, path: string): string {
  let source: FieldNode | undefined = look.rules.root;
  for (const step of path.slice(1).split('.')) source = source && below(source, step);
  if (mayMove(source, node)) return path;
  throw writeRefused(placeOf(look), 'the field holds hashes, and what is copied may be none', 'Write the hash itself.');
}

function literal(look: Look, node: FieldNode, value: unknown): unknown {
  const seen = lookThrough(look, node, value);
  return seen === STRIPPED ? STRIPPED : { $literal: seen };
}

function fields(look: Look, node: FieldNode, expression: Readonly<Record<string, unknown>>): unknown {
  const kept = Object.entries(expression).flatMap(([name, value]) => {
    demandName(look, name);
    enter(look, name);
    const next = below(node, name);
    const seen = lookAtExpression(look, next ?? anything, value);
    const stays = next !== undefined || staysUnlisted(look);
    look.trail.pop();
    return stays && seen !== STRIPPED ? [[name, seen]] : [];
  });
  return Object.fromEntries(kept);
}

function elements(look: Look, node: FieldNode, values: readonly unknown[]): unknown[] {
  enter(look, '[]');
  const seen = values.map((value) => lookAtExpression(look, node, value));
  look.trail.pop();
  return seen.filter((value) => value !== STRIPPED);
}

function parted(look: Look, node: FieldNode, operator: string, operand: unknown): void {
  const first = LISTED[operator];
  const parts = NAMED[operator];
  if (first && Array.isArray(operand)) {
    for (const [at, part] of operand.entries()) {
      lookAtExpression(look, (at === 0) === (first === 'answers') ? node : anything, part);
    }
    return;
  }
  if (parts === undefined || !isPlain(operand)) throw unchecked(look, operator);
  for (const name of parts.looks) lookAtExpression(look, anything, operand[name]);
  for (const name of parts.answers) lookAtExpression(look, node, operand[name]);
}

function each(operand: unknown, then: (one: unknown) => void): void {
  for (const one of Array.isArray(operand) ? operand : [operand]) then(one);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function unchecked(look: Look, operator: string): Error {
  const shown = /^\$[a-zA-Z0-9]{1,20}$/.test(operator) ? operator : 'an expression';
  return writeRefused(
    placeOf(look),
    `what ${shown} makes of the record is not known before it is written`,
    'Read the record, make the value, and write it by $set.',
  );
}
