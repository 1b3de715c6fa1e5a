import { portableFields } from '../../../kernel/access/portableFields.ts';
import type { Regime } from '../../../kernel/clock/regime.ts';
import { neverDisclosed } from '../../../kernel/grounds/groundsFor.ts';
import type { Collection, Field } from '../../../kernel/policy/inventory.ts';
import { covers } from '../../../kernel/policy/vocabulary.ts';
import { lawNamed } from '../../requests/lawOf.ts';
import type { Identifier, StaffMember } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { CopiedCollection } from './copyCollection.ts';
import type { OwnQuestion } from './ownFiles.ts';

/** What somebody gets a copy of, and who may be named in it. */
export interface CopyScope {
  readonly subject: string;
  readonly law: Regime;
  readonly question: OwnQuestion;
  readonly collections: readonly CopiedCollection[];
  /** Those with records that others wrote about the person: what tells who they are is masked, and files stay theirs. */
  readonly about: readonly CopiedCollection[];
}

/** @param what `access`: all that may be shown; `portability`: what was provided and observed, by its basis */
export async function copyScope(
  world: World,
  { subject, regime }: { readonly subject: string; readonly regime: string },
  what: 'access' | 'portability',
): Promise<CopyScope> {
  const { policy, data, records, service } = world;
  const [{ regime: law }, addresses, verified, staff] = await Promise.all([
    lawNamed(world, regime),
    data.addressesOf(subject),
    records.collection<Identifier>('identifiers').find({ service, subject }),
    records.collection<StaffMember>('staff').find({ service }),
  ]);
  const known = [...addresses, ...verified.map(({ value }) => value)].map((each) => each.trim().toLowerCase());
  // An account without an address has an empty one at some hosts: it is nobody's, and ends every other.
  const own = new Set(known.filter((each) => each !== ''));
  const spared = new Set([...own, policy.contact.address.toLowerCase(), policy.controller.contact.toLowerCase()]);
  const names = staff.flatMap(({ name, email }) => [name, email]).filter((name) => name.trim().length > 1);

  const collections = policy.inventory.collections
    .map((collection) => ({ collection, fields: fieldsOf(world, law, collection, what), spared }))
    .filter(({ fields }) => fields.length > 0);
  const about = collections
    .filter(({ collection }) => what === 'access' && collection.about !== undefined)
    .map((each) => ({ ...each, fields: each.fields.filter(({ file }) => file === undefined).map(asOthers) }));
  return { subject, law, question: { subject, own, spared, staff: names }, collections, about };
}

function fieldsOf({ policy }: World, law: Regime, collection: Collection, what: 'access' | 'portability'): Field[] {
  const fields = what === 'portability' ? portableFields(policy, law, collection) : collection.fields;
  return fields.filter((field) => isShown(law, field));
}

/** Credentials are shown to nobody, nor is what the person's law wants disclosed to nobody: that they are held is said instead. */
export function isShown(law: Regime, { export: when, category }: Pick<Field, 'export' | 'category'>): boolean {
  return when === 'always' && !neverDisclosed(law).some((word) => covers(word, category));
}

function asOthers(field: Field): Field {
  return { ...field, others: true };
}
