import { demandClear } from './clearValues.ts';
import { below, enter, isReserved, type Look } from './look.ts';
import { writeRefused } from './writeRefused.ts';
import type { FieldNode } from './writeRules.ts';

/** A place in a list, in the ways that an update may name it: `0`, `$`, `$[]`, `$[id]`. */
const IN_LIST = /^(\d+|\$|\$\[[A-Za-z0-9]*\])$/;

/** Does `then` at the node that a dotted path of an update leads to; undefined stands for a path that nothing names. */
export function atPath<T>(look: Look, path: string, then: (node: FieldNode | undefined) => T): T {
  const depth = look.trail.length;
  let node: FieldNode | undefined = look.rules.root;
  for (const step of path.split('.')) {
    // Names are stored as well as values are; under a path that has ended, a number is one too.
    if (!look.rules.names.has(step)) demandClear(look, step);
    // A number elsewhere names a field, as it does where MongoDB makes the record.
    if (IN_LIST.test(step) && (node === undefined || node.isList || node.field)) continue;
    if (step === '' || step.startsWith('$') || step.includes('\0') || isReserved(step)) {
      throw writeRefused(
        look.rules.collection,
        'an update names a field that begins with $, is empty, or is one that the language keeps for itself',
        'Name plain fields; nothing that people send may name them.',
      );
    }
    enter(look, step);
    node = node && below(node, step);
  }
  const done = then(node);
  look.trail.length = depth;
  return done;
}
