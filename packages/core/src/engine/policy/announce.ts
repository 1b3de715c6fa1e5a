import type { KeptError } from '../../kernel/keptError.ts';
import { isKeptError } from '../../kernel/keptError.ts';
import { event, fresh, save } from '../aggregate.ts';
import { dayOf } from '../outbox/letterFrame.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { Stored } from '../stored.ts';
import type { World } from '../world.ts';
import { history, wordsOf } from './accept.ts';
import { acceptedVersions } from './acceptances.ts';
import { clearLetters } from './clearLetters.ts';
import { type Activation, versionId } from './policyRecords.ts';

/** People who are written to in one unit: after a crash so many at most are looked at again. */
const UNIT = 100;
const LEASE_MS = 5 * 60_000;

/** How far the letters about one version have come. */
export interface Announcement extends Stored {
  readonly hash: string;
  readonly policyVersion: number;
  /** Behind whom the next unit begins. */
  readonly after?: unknown;
  readonly told: number;
  readonly doneAt?: Date;
  readonly clearedAt?: Date;
}

/**
 * Writes to each person with an address about each version that is to be told, once: the letter's occasion is the person
 * and the version. Answers how many letters were queued now. Where another worker is at it, nothing happens.
 */
export async function announce(world: World): Promise<number> {
  let queued = 0;
  for (const activation of await history(world)) {
    if (activation.tells) queued += await announceVersion(world, activation).catch(leftToAnother);
  }
  return queued;
}

async function announceVersion(world: World, activation: Activation): Promise<number> {
  const announcements = world.records.collection<Announcement>('policies');
  const { hash, version, since } = activation;
  const id = `${versionId(world, hash)}-told-${since.getTime()}`;
  const known = await announcements.get(id);
  if (known?.doneAt) return clearLetters(world, known, occasionOf(activation));
  if (!known) await announcements.insert({ ...fresh(world, id), hash, policyVersion: version, told: 0 });

  const holder = world.crypto.newId();
  const changes = await wordsOf(world, activation);
  let queued = 0;
  for (;;) {
    const now = world.clock.now();
    const until = new Date(now.getTime() + LEASE_MS);
    const mine = await announcements.claim({ _id: id, doneAt: { exists: false } }, holder, now, until);
    if (!mine) return queued;
    const page = await world.data.subjects(UNIT, mine.after);
    const told = await tellPage(world, activation, changes, page.subjects, now);
    queued += told;
    const { after: _, lease, ...rest } = mine;
    const next = { ...rest, told: mine.told + told };
    if (page.next === undefined) {
      const done = event(world, 'PolicyChangeTold', now, { hash, version, told: next.told });
      await save(announcements, { ...next, doneAt: now }, [done]);
      return queued;
    }
    await save(announcements, { ...next, after: page.next, ...(lease && { lease }) });
  }
}

async function tellPage(
  world: World,
  activation: Activation,
  changes: readonly string[],
  subjects: readonly { readonly subject: string; readonly addresses: readonly string[] }[],
  now: Date,
): Promise<number> {
  const accepted = await acceptedVersions(
    world,
    subjects.map(({ subject }) => subject),
  );
  const { name, contact } = world.policy.controller;
  let told = 0;
  for (const { subject, addresses } of subjects) {
    const [to] = addresses;
    if (!to || (accepted.get(subject) ?? Number.NEGATIVE_INFINITY) >= activation.version) continue;
    // Occasions stand in the evidence: they must not name the account.
    const mark = (await world.keys.mac('notice', `${world.service}\n${subject}`)).slice(0, 24);
    const model = {
      controller: { name, contact },
      version: activation.version,
      since: dayOf(world, activation.since),
      changes,
      link: `${world.publicUrl}/`,
    };
    const occasion = `${occasionOf(activation)}${mark}`;
    await queueLetter(world, { occasion, to, letter: 'policy-changed', language: 'en', model, automatic: true }, now);
    told += 1;
  }
  return told;
}

function occasionOf({ version, hash }: Activation): string {
  return `policy-changed:${version}:${hash.slice(0, 12)}:`;
}

/** Another worker took over in the middle of it; what it does again is not sent again. */
function leftToAnother(error: unknown): 0 {
  if (isKeptError(error) && (error as KeptError).code === 'RECORD_CONFLICT') return 0;
  throw error;
}
