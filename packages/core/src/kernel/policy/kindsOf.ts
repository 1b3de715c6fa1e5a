import { isMapping, type Shape } from './shape.ts';
import { below, mistake } from './spot.ts';

/** The parts that all kinds may share: a kind adds to them. */
const SHARED = ['anchors', 'predicates', 'traits', 'fields'];

interface Kind {
  readonly stored: string;
  readonly when: { readonly field: string; readonly equals: string };
}

/**
 * Collections by name. One that holds several kinds of records (`discriminator: kind`, `when: {api: {…}}`) becomes one for
 * each kind, `events.api`, with what stands beside `when` for all of them.
 */
export function kindsOf<T extends object>(shape: Shape<T>): Shape<Readonly<Record<string, T & Partial<Kind>>>> {
  return (value, spot) => {
    if (!isMapping(value))
      return mistake(spot, 'WRONG_SHAPE', 'a mapping from names is expected here', 'write name: {…}');
    const read: Record<string, T & Partial<Kind>> = {};
    for (const [name, written] of Object.entries(value)) {
      const at = below(spot, name);
      if (name === '__proto__') {
        mistake(at, 'UNKNOWN_KEY', 'a name that the language keeps for itself', 'choose another name');
      } else if (!isMapping(written) || !('discriminator' in written || 'when' in written)) {
        const collection = shape(written, at);
        if (collection !== undefined) read[name] = collection;
      } else {
        const { discriminator, when, ...shared } = written;
        if (typeof discriminator !== 'string' || !/^[^$\0\s.[\]]+$/.test(discriminator) || !isMapping(when)) {
          const message = 'kinds of records need the field that tells them, and each kind';
          mistake(at, 'WRONG_SHAPE', message, 'write discriminator: field and when: {kind: {…}}');
          continue;
        }
        for (const [kind, own] of Object.entries(when)) {
          const place = below(at, 'when', kind);
          if (`${name}.${kind}` in value || kind === '__proto__') {
            mistake(place, 'RULE_CONTRADICTORY', `"${name}.${kind}" is there twice`, 'rename one of the two');
          } else if (!isMapping(own)) {
            mistake(place, 'WRONG_SHAPE', 'a mapping of keys is expected here', 'write {subject: …, fields: {…}}');
          } else {
            const collection = shape({ ...shared, ...own, ...merged(shared, own) }, place);
            const told: Kind = { stored: name, when: { field: discriminator, equals: kind } };
            if (collection !== undefined) read[`${name}.${kind}`] = { ...collection, ...told };
          }
        }
      }
    }
    return read;
  };
}

function merged(shared: Record<string, unknown>, own: Record<string, unknown>): Record<string, unknown> {
  const both = SHARED.filter((part) => isMapping(shared[part]) && isMapping(own[part]));
  return Object.fromEntries(both.map((part) => [part, { ...(shared[part] as object), ...(own[part] as object) }]));
}
