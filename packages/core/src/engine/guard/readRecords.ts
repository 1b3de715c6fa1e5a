import type { Decision, Facts, Question } from '../../kernel/decision.ts';
import { keyForm } from '../../kernel/guard/keyForm.ts';
import { type Shown, showFields } from '../../kernel/guard/showFields.ts';
import { collectionIn, type Declared } from '../../kernel/guard/writeRules.ts';
import type { Field } from '../../kernel/policy/inventory.ts';
import { raiseFinding } from '../findings/findings.ts';
import { askAbout } from '../subjects/askAbout.ts';
import type { World } from '../world.ts';
import { guardRules } from './guardRules.ts';
import { recordStaffRead, type StaffLook } from './recordStaffRead.ts';
import type { StatedPurpose } from './statedPurpose.ts';

/** A record as the database has it. */
export type StoredRecord = Readonly<Record<string, unknown>> & { readonly _id: unknown };

type Answers = ReadonlyMap<string, Decision>;

const PAGE = 1_000;
/** People whose facts are loaded at the same time. */
const AT_ONCE = 16;

/**
 * What may be read of the records for a stated purpose: each of its owner's fields is decided by its category. A record
 * of which nothing may be read is left out, and so is one that leads to nobody. Staff see masked values, unless they give
 * a reason, which is recorded first. What cannot be decided is not shown, and raises a finding.
 * @param visibilityOf what owners chose, by `keyForm` of the record's key
 */
export async function readRecords(
  world: World,
  governed: Declared,
  stated: StatedPurpose,
  records: readonly StoredRecord[],
  visibilityOf: ReadonlyMap<string, Facts['visibility']>,
): Promise<object[]> {
  const rules = guardRules(world, governed);
  const { fields = [] } = collectionIn(world.policy.inventory, governed.name) ?? {};
  const categories = [...new Set(fields.map(({ category }) => category))];
  const owners = await ownersOf(world, governed.name, records);
  const found = records.flatMap((record) => {
    const owner = owners.get(keyForm(record._id));
    if (owner === undefined || isAnothers(stated, owner)) return [];
    const visibility = visibilityOf.get(keyForm(record._id));
    return [{ record, owner, visibility, key: `${visibility ?? ''} ${owner}` }];
  });

  const answers = new Map<string, Answers>();
  const people = [...new Map(found.map((one) => [one.key, one])).values()];
  for (let at = 0; at < people.length; at += AT_ONCE) {
    const some = people.slice(at, at + AT_ONCE);
    const theirs = await Promise.all(some.map((one) => answersFor(world, stated, categories, one)));
    for (const [index, { key }] of some.entries()) answers.set(key, theirs[index] as Answers);
  }
  const unknown = records.some(({ _id }) => !owners.has(keyForm(_id))) ? ['owner'] : missingIn(answers.values());
  if (unknown.length > 0) await reportUndetermined(world, governed.name, unknown);
  const isPermitted = (key: string, category: string): boolean =>
    answers.get(key)?.get(category)?.outcome === 'permitted';
  const open = found.filter(({ key }) => categories.some((category) => isPermitted(key, category)));
  const clear = await recordStaffRead(world, governed.name, stated, looksAt(open, fields, isPermitted));

  return open.map(({ record, key }) =>
    showFields(rules.root, record, (category): Shown => {
      if (!isPermitted(key, category)) return 'hidden';
      return clear ? 'clear' : 'masked';
    }),
  );
}

type Open = { readonly record: StoredRecord; readonly owner: string; readonly key: string };

/** Person by person what is about to be shown, for the record of it. */
function looksAt(
  open: readonly Open[],
  fields: readonly Field[],
  isPermitted: (key: string, category: string) => boolean,
): StaffLook[] {
  return [...Map.groupBy(open, ({ owner }) => owner)].map(([owner, theirs]) => ({
    owner,
    fields: fields
      .filter(({ category }) => theirs.some(({ key }) => isPermitted(key, category)))
      .map(({ path }) => path),
    records: theirs.map(({ record }) => String(record._id)),
  }));
}

async function ownersOf(
  world: World,
  collection: string,
  records: readonly StoredRecord[],
): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  for (let at = 0; at < records.length; at += PAGE) {
    const ids = records.slice(at, at + PAGE).map(({ _id }) => _id);
    for (const { id, owner } of await world.data.factsOf(collection, ids)) {
      if (owner !== undefined) owners.set(keyForm(id), owner);
    }
  }
  return owners;
}

/** Who reads their own data reads nobody else's by it. */
function isAnothers({ reader }: StatedPurpose, owner: string): boolean {
  return reader !== undefined && 'owner' in reader && reader.owner !== owner;
}

async function answersFor(
  world: World,
  stated: StatedPurpose,
  categories: readonly string[],
  { owner, visibility }: { readonly owner: string; readonly visibility: Facts['visibility'] },
): Promise<Answers> {
  const ask = await askAbout(world, { subject: owner, ...(visibility !== undefined && { visibility }) });
  const viewer = viewerOf(stated);
  const { purpose } = stated;
  return new Map(categories.map((category) => [category, ask({ purpose, category, ...(viewer && { viewer }) })]));
}

function viewerOf({ purpose, reader }: StatedPurpose): Question['viewer'] {
  if (reader === undefined) return undefined;
  if ('owner' in reader) return 'owner';
  return 'by' in reader ? `staff:${purpose}` : reader.viewer;
}

function missingIn(answers: Iterable<Answers>): readonly string[] {
  const all = [...answers].flatMap((one) => [...one.values()]);
  return all.find(({ outcome }) => outcome === 'undetermined')?.missing ?? [];
}

async function reportUndetermined(world: World, collection: string, missing: readonly string[]): Promise<void> {
  const finding = {
    code: 'READ_UNDETERMINED',
    about: collection,
    severity: 'warning',
    text: `Records of ${collection} were not shown, because what decides on them is not known: ${missing.join(', ')}`,
    place: collection,
  } as const;
  await raiseFinding(world, finding, world.clock.now());
}
