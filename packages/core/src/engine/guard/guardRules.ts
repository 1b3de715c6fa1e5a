import { type Look, lookAt } from '../../kernel/guard/look.ts';
import { writeRefused } from '../../kernel/guard/writeRefused.ts';
import { collectionIn, type Declared, type WriteRules, writeRules } from '../../kernel/guard/writeRules.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { World } from '../world.ts';

const MOST_FINDINGS = 20;

const compiled = new WeakMap<World, Map<Declared, WriteRules>>();

/** What may be written there under the policy of this world. Throws WRITE_REFUSED where the inventory has no such collection. */
export function guardRules(world: World, governed: Declared): WriteRules {
  const known = compiled.get(world) ?? new Map<Declared, WriteRules>();
  compiled.set(world, known);
  const rules = known.get(governed) ?? compile(world, governed);
  known.set(governed, rules);
  return rules;
}

function compile({ policy, modeOf }: World, declared: Declared): WriteRules {
  const collection = collectionIn(policy.inventory, declared.name);
  if (collection) return writeRules(policy, collection, modeOf, declared);
  throw writeRefused(
    declared.name,
    'the inventory has no such collection',
    'Describe it under collections: in inventory.yaml.',
  );
}

/** Begins to look at a write. */
export function beginLook(world: World, governed: Declared): Look {
  return lookAt(guardRules(world, governed));
}

/** Raises a finding for each field that was seen and that the inventory does not name. */
export async function reportUnlisted(world: World, { rules, unlisted }: Look): Promise<void> {
  if (unlisted.size === 0) return;
  const now = world.clock.now();
  const what = rules.unlisted === 'strip' ? 'was taken out of' : 'was written with';
  for (const place of [...unlisted.keys()].slice(0, MOST_FINDINGS)) {
    const text = `A field that the inventory does not name ${what} a record: ${place}`;
    await raiseFinding(world, { code: 'FIELD_UNLISTED', about: place, severity: 'warning', text, place }, now);
  }
}
