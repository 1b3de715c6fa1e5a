import type { EgressField, EgressRule } from './egressRule.ts';
import type { WrittenInventory } from './inventoryShape.ts';
import { insteadOf } from './nearestWord.ts';
import { below, mistake, type Spot } from './spot.ts';
import { covers } from './vocabulary.ts';
import type { WrittenPolicy } from './writtenPolicy.ts';

/** The allow-lists, checked against the recipients: none may receive what the notice does not say that they receive. */
export function compileEgress(
  written: WrittenInventory,
  recipients: WrittenPolicy['recipients'],
  spot: Spot,
): readonly EgressRule[] {
  const stores = Object.keys(written.files);
  return Object.entries(written.egress ?? {}).map(([name, rule]): EgressRule => {
    const at = below(spot, 'egress', name);
    const recipient = recipients[name];
    if (recipient === undefined) {
      mistake(at, 'UNKNOWN_WORD', `unknown recipient "${name}"`, insteadOf(name, Object.keys(recipients)));
    }
    const fields = Object.entries(rule.fields).map(([path, field]): EgressField => {
      const place = below(at, 'fields', path);
      if (recipient !== undefined && !recipient.categories.some((word) => covers(word, field.category))) {
        const remedy = `name one of: ${recipient.categories.join(', ')}`;
        mistake(place, 'CATEGORY_UNDECLARED', `"${name}" does not receive ${field.category}`, remedy);
      }
      return { path, ...field, ...storeOf(field, stores, place) };
    });
    checkLeaves(fields, at);
    return { recipient: name, ...rule, fields };
  });
}

/** An address is served by the store that it names, or by the only one that there is. */
function storeOf(
  { media, file }: Omit<EgressField, 'path'>,
  stores: readonly string[],
  at: Spot,
): Pick<EgressField, 'file'> {
  if (media !== 'url') {
    if (file !== undefined)
      mistake(at, 'WRONG_SHAPE', 'only an address has a file store', 'write media: url, or no file');
    return {};
  }
  const store = file ?? (stores.length === 1 ? stores[0] : undefined);
  if (store !== undefined && stores.includes(store)) return { file: store };
  const message =
    file === undefined ? 'it is not said which file store serves the address' : `unknown file store "${file}"`;
  mistake(at, 'UNKNOWN_WORD', message, insteadOf(file ?? '', stores));
  return {};
}

/** What is a value can hold no other fields. */
function checkLeaves(fields: readonly EgressField[], at: Spot): void {
  for (const { path } of fields) {
    const inner = fields.find((other) => other.path.startsWith(`${path}.`) || other.path.startsWith(`${path}[]`));
    if (inner === undefined) continue;
    const message = `"${path}" is a value, and "${inner.path}" is said to be in it`;
    mistake(below(at, 'fields', path), 'RULE_CONTRADICTORY', message, 'list single values only');
  }
}
