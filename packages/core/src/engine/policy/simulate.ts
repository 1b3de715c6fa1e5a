import type { Hold } from '../../kernel/decision.ts';
import type { Redaction } from '../../kernel/policy/inventory.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import type { FileStores } from '../ports/edges.ts';
import type { FactRecord } from '../ports/personalDataSource.ts';
import { activeHolds } from '../requests/activeHolds.ts';
import { overForOwner, pagesOverForOwner, type Reader } from '../retention/overForOwner.ts';
import { simulateDecisions } from './simulateDecisions.ts';
import type { SimulatedCollection, Simulation, Touched } from './simulation.ts';

const PAGE = 500;

export interface SimulationOptions {
  readonly now: Date;
  /** More documents than this are refused. */
  readonly limit: number;
  /** How many ids and questions are shown of each kind. */
  readonly samples: number;
  readonly files: FileStores;
}

/** The database as each of the two versions sees it. */
export interface Readers {
  readonly before: Reader;
  readonly after: Reader;
}

/** Reads what the two versions would end now, and how they would decide. Changes nothing. */
export async function simulate(readers: Readers, options: SimulationOptions): Promise<Simulation> {
  const { now, limit } = options;
  const holds = await activeHolds(readers.after, now);
  const collections: SimulatedCollection[] = [];
  let documents = 0;
  for (const target of targetsOf(readers)) {
    const { collection, redaction } = target;
    const goes = await difference(readers.after, readers.before, target, holds, options, limit - documents);
    documents += goes.documents;
    const stays = await difference(readers.before, readers.after, target, holds, options, limit - documents);
    documents += stays.documents;
    if (goes.documents + stays.documents > 0)
      collections.push({ collection, ...(redaction && { redaction }), goes, stays });
    if (documents > limit) break;
  }
  const refused = documents > limit;
  const decisions = await simulateDecisions(readers, options, refused);
  return { collections, documents, decisions, ...(refused && { refused: { limit } }) };
}

interface Target {
  readonly collection: string;
  /** Id of the rule that takes fields out. */
  readonly redaction?: string;
}

function targetsOf({ before, after }: Readers): Target[] {
  const all = [before, after].flatMap(({ policy }) =>
    policy.inventory.collections.flatMap(({ name, redactions = [] }): Target[] => [
      { collection: name },
      ...redactions.map(({ rule }) => ({ collection: name, redaction: rule })),
    ]),
  );
  const byKey = new Map(all.map((target) => [`${target.collection}\n${target.redaction ?? ''}`, target]));
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}

/** What is over under `one` and not under `other`; stops once it is more than `most`. */
async function difference(
  one: Reader,
  other: Reader,
  target: Target,
  holds: readonly Hold[],
  { now, samples, files }: SimulationOptions,
  most: number,
): Promise<Touched> {
  const [mine, theirs] = [ruleFor(one.policy, target), ruleFor(other.policy, target)];
  const touched = { documents: 0, bytes: 0, files: 0, fileBytes: 0, samples: [] as string[] };
  const subjects = new Set<string>();
  if (mine === undefined) return { ...touched, subjects: 0 };

  const due = { ...mine, now, aheadMs: 0, holds };
  for await (const page of pagesOverForOwner(one, target.collection, due, PAGE)) {
    const ids = page.map(({ id }) => id);
    const same = theirs === undefined ? [] : await overUnder(other, target.collection, { ...due, ...theirs }, ids);
    const over = new Set(same.map(({ id }) => String(id)));
    const alone = page.filter(({ id }) => !over.has(String(id)));
    touched.documents += alone.length;
    touched.bytes += await one.data.bytesOf(
      target.collection,
      alone.map(({ id }) => id),
    );
    for (const { id, owner, files: held } of alone) {
      if (owner !== undefined) subjects.add(owner);
      if (touched.samples.length < samples) touched.samples.push(String(id));
      touched.files += held.length;
      for (const { store, key } of held) touched.fileBytes += (await files[store]?.size(key)) ?? 0;
    }
    if (touched.documents > most) break;
  }
  return { ...touched, subjects: subjects.size };
}

async function overUnder(
  reader: Reader,
  collection: string,
  due: Parameters<typeof overForOwner>[3],
  ids: readonly unknown[],
): Promise<FactRecord[]> {
  return overForOwner(reader, collection, await reader.data.factsOf(collection, ids, due.redaction), due);
}

/** The rule that ends the documents of a collection, or takes fields out of them; undefined where the version has none. */
function ruleFor(
  { inventory, retention }: Policy,
  { collection, redaction }: Target,
): { rule: Policy['retention'][number]; redaction?: Redaction } | undefined {
  const place = inventory.collections.find(({ name }) => name === collection);
  if (place === undefined || (redaction === undefined && place.follows !== undefined)) return undefined;
  const rule = retention.find(({ id }) => id === (redaction ?? place.retention));
  if (rule === undefined || redaction === undefined) return rule && { rule };
  const fields = place.redactions?.find((one) => one.rule === redaction);
  return fields && { rule, redaction: fields };
}
