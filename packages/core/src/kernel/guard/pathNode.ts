import { below, enter, isReserved, type Look } from './look.ts';
import { writeRefused } from './writeRefused.ts';
import type { FieldNode } from './writeRules.ts';

/** A place in an array, in the ways that an update may name it: `0`, `$`, `$[]`, `$[id]`. */
const IN_ARRAY = /^(\d+|\$|\$\[[A-Za-z0-9]*\])$/;

/** Does `then` at the node that a dotted path of an update leads to; undefined stands for a path that nothing names. */
export function atPath<T>(look: Look, path: string, then: (node: FieldNode | undefined) => T): T {
  const depth = look.trail.length;
  let node: FieldNode | undefined = look.rules.root;
  for (const step of path.split('.')) {
    if (IN_ARRAY.test(step)) {
      node = node?.children.get(step) ?? node;
      continue;
    }
    if (step === '' || step.startsWith('$') || step.includes('\0') || isReserved(step)) {
      throw writeRefused(
        look.rules.collection,
        'an update names a field that begins with $, is empty, or is one that the language keeps for itself',
        'Name plain fields; nothing that people send may name them.',
      );
    }
    enter(look, step);
    const isElementId: boolean = step === '_id' && node !== undefined && node.children.size > 0;
    node = node && (below(node, step) ?? (isElementId ? look.rules.root.children.get('_id') : undefined));
  }
  const done = then(node);
  look.trail.length = depth;
  return done;
}
