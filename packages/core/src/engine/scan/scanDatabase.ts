import { isKeptError, KeptError } from '../../kernel/keptError.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { kindsIn, storedCollection } from '../../kernel/policy/storedCollection.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { cutOff } from '../../kernel/retention/cutOff.ts';
import { clauseOf, findingsIn } from '../../kernel/scan/findingsIn.ts';
import { identifiersOf } from '../../kernel/scan/identifiers.ts';
import { judgeSchemas } from '../../kernel/scan/judgeSchemas.ts';
import { KEY_MADE, keptsOwn, listing, plain } from '../../kernel/scan/listing.ts';
import { noteRecord, type Sought } from '../../kernel/scan/noteRecord.ts';
import { placesIn, treeOf } from '../../kernel/scan/place.ts';
import { type Planned, planScan } from '../../kernel/scan/planScan.ts';
import { type ScanFinding, scanFinding } from '../../kernel/scan/scanFinding.ts';
import { shownCollection } from '../../kernel/scan/shownName.ts';
import type { ScanOptions, ScanReport } from '../keptScan.ts';
import type { LiveDatabase } from '../ports/liveDatabase.ts';
import type { PersonalDataSource, SubjectPage } from '../ports/personalDataSource.ts';
import { type CheckedScan, checkScan } from './checkScan.ts';

/** What a scan reads. */
export interface Readable {
  readonly policy: Policy;
  readonly live: LiveDatabase;
  readonly data: Pick<PersonalDataSource, 'subjects'>;
  /** Names of the file stores that the host handed over. */
  readonly stores: readonly string[];
  /** Recipients to whom something left. */
  recipients(): Promise<readonly string[]>;
}

const MOST_PEOPLE = 10_000;

/** Looks once through everything and answers what it finds. Throws SCAN_INVALID, SCAN_REFUSED. Writes nothing. */
export async function scanDatabase(readable: Readable, options: ScanOptions, now: Date): Promise<ScanReport> {
  const { policy, live, stores } = readable;
  const { sample, canaries, ids } = checkScan(options);
  const [names, schemas, people] = [await namesIn(live), live.schemas(), await peopleOf(readable)];
  const plan = planScan(policy.inventory, names, stores);
  const sought: Sought = {
    prefixes: (policy.inventory.secrets ?? []).map(({ prefix }) => prefix),
    identifiers: new Set(people.flatMap(identifiersOf)),
    canaries: canaries.map((each) => each.toLowerCase()),
    ...keysSince(policy, now),
  };

  const looks: Look[] = [];
  for (const planned of plan.look) looks.push(await lookThrough(readable, planned, sought, { sample, ids }));

  // What a model does not store any more may still stand in records, or only there.
  const stored = new Set([...names, ...looks.flatMap(({ places }) => places)]);
  const unused = ({ code, where }: ScanFinding): boolean => !code.endsWith('_NOWHERE') || !stored.has(plain(where));
  const all = [
    ...plan.findings,
    ...looks.flatMap(({ findings }) => findings),
    ...judgeSchemas(policy.inventory, schemas).filter(unused),
    ...undated(policy),
    ...unlistedRecipients(policy, await readable.recipients()),
  ];
  return {
    findings: inOrder(all),
    looked: {
      collections: looks.map(({ shown, records }) => ({ collection: shown, records })),
      leftOut: plan.leftOut.map(shownCollection),
      people: people.length,
      models: schemas.length,
      whole: sample === undefined && looks.every(({ whole }) => whole),
    },
  };
}

interface Look {
  readonly shown: string;
  readonly records: number;
  readonly whole: boolean;
  readonly findings: readonly ScanFinding[];
  /** Where something stands, as `collection.path`. */
  readonly places: readonly string[];
}

async function lookThrough(
  { policy, live }: Readable,
  { collection, standing, shown }: Planned,
  sought: Sought,
  { sample, ids }: Pick<CheckedScan, 'sample' | 'ids'>,
): Promise<Look> {
  const named = storedCollection(policy.inventory, collection);
  const tree = treeOf(standing === 'own' ? () => keptsOwn : listing(named));
  const told = kindsIn(policy.inventory, collection);
  let [records, strange] = [0, 0];
  let isRead = true;
  const more: ScanFinding[] = [];
  try {
    for await (const document of live.documents(collection, sample)) {
      noteRecord(document, records, tree, sought);
      records += 1;
      if (told && !told.kinds.includes(String((document as Record<string, unknown>)[told.field]))) strange += 1;
    }
  } catch (error) {
    // One collection that cannot be read is a finding like others, and keeps nobody from looking at the rest.
    const message = `It could not be read to its end (${(error as Error).name})`;
    isRead = false;
    more.push(scanFinding('COLLECTION_UNREAD', shown, message, { count: records }));
  }
  if (strange > 0) {
    const message = 'Records are of kinds that the inventory does not name, so that nobody finds whose they are';
    more.push(scanFinding('KIND_UNLISTED', shown, message, { count: strange }));
  }
  const findings = [...more, ...findingsIn(tree, { collection: shown, standing, policy, ids })];
  const places = [...placesIn(tree.root)].map(({ path }) => plain(`${collection}.${path}`));
  return { shown, records, whole: isRead, findings, places };
}

/** Throws SCAN_REFUSED. */
async function namesIn(live: LiveDatabase): Promise<string[]> {
  try {
    return await live.collections();
  } catch (error) {
    if (isKeptError(error)) throw error;
    throw new KeptError('SCAN_REFUSED', `The database does not name its collections (${(error as Error).name})`, {
      place: 'scan',
      remedy: 'See that its account may list and read all of them.',
      cause: error,
    });
  }
}

async function peopleOf({ policy, data }: Readable): Promise<SubjectPage['subjects']> {
  const people: SubjectPage['subjects'][number][] = [];
  if (!policy.inventory.collections.some(({ subject }) => subject.by === 'self')) return people;
  try {
    let after: unknown;
    do {
      const page = await data.subjects(1_000, after);
      people.push(...page.subjects);
      after = page.next;
    } while (after !== undefined && people.length < MOST_PEOPLE);
  } catch {
    // Whoever may not read them may not read their collection either, and that is found when it is looked through.
  }
  return people;
}

/** API keys made before this are older than the policy advises; nothing where it advises nothing. */
function keysSince({ security, controller }: Policy, now: Date): Pick<Sought, 'keysSince'> {
  const every = security.find(({ name }) => name === 'api-key-rotation')?.every;
  return every ? { keysSince: cutOff(every.period, undefined, 'floor', controller.zone, now).at } : {};
}

function undated(policy: Policy): ScanFinding[] {
  const clause = clauseOf('KEY_AGE_UNKNOWN', policy);
  if (clause === undefined) return [];
  return policy.inventory.collections
    .filter(({ fields }) => fields.some(({ category }) => covers('account.api-key', category)))
    .filter(({ anchors }) => !(KEY_MADE in anchors))
    .map(({ name }) =>
      scanFinding('KEY_AGE_UNKNOWN', name, 'It holds API keys, and nothing says since when', { clause }),
    );
}

/** What was told of in a notice when it left, and is not any more. */
function unlistedRecipients(policy: Policy, names: readonly string[]): ScanFinding[] {
  const clause = clauseOf('RECIPIENT_UNLISTED', policy);
  const message = 'Data left for it, and the notice does not list it';
  return names
    .filter((name) => !policy.recipients.some((each) => each.name === name))
    .map((name) => scanFinding('RECIPIENT_UNLISTED', `recipients.${name}`, message, { clause }));
}

const SEVERITIES = ['error', 'warning', 'info'];

/** Each once: what a record shows goes before what a model could store. */
function inOrder(found: readonly ScanFinding[]): ScanFinding[] {
  const once = new Map<string, ScanFinding>();
  for (const each of found) if (!once.has(`${each.code} ${each.where}`)) once.set(`${each.code} ${each.where}`, each);
  const key = ({ severity, where, code }: ScanFinding): string => `${SEVERITIES.indexOf(severity)} ${where} ${code}`;
  return [...once.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
