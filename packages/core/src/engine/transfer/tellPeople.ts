import { event, save } from '../aggregate.ts';
import { clearOccasion } from '../outbox/clearOccasion.ts';
import { dayOf } from '../outbox/letterFrame.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { OutboxLetter } from '../stored.ts';
import type { World } from '../world.ts';
import type { BusinessTransfer } from './businessTransfer.ts';
import { successorNamed } from './prepareTransfer.ts';

const UNIT = 100;
const LEASE_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/** How long the letters may take to be sent: who gets one later cannot object in time, and stays. */
export const SENDING_DAYS = 3;

/** Writes to everybody with an address about one transfer, in units, each person once. Answers how many letters were queued. */
export async function tellPeople(world: World, id: string): Promise<number> {
  const transfers = world.records.collection<BusinessTransfer>('transfers');
  const holder = world.crypto.newId();
  let queued = 0;
  for (;;) {
    const now = world.clock.now();
    const open = { _id: id, 'telling.doneAt': { exists: false }, withdrawn: { exists: false } } as const;
    const mine = await transfers.claim(open, holder, now, new Date(now.getTime() + LEASE_MS));
    if (!mine?.telling || !mine.objectBy) return queued;
    const page = await world.data.subjects(UNIT, mine.telling.after);
    const told = await tellPage(world, mine, page.subjects, now);
    queued += told;
    const { lease, ...rest } = mine;
    const sum = mine.telling.told + told;
    if (page.next === undefined) {
      const done = event(world, 'TransferTold', now, { told: sum });
      await save(transfers, { ...rest, telling: { told: sum, doneAt: now } }, [done]);
      return queued;
    }
    await save(transfers, { ...rest, telling: { told: sum, after: page.next }, ...(lease && { lease }) });
  }
}

async function tellPage(
  world: World,
  transfer: BusinessTransfer,
  people: readonly { readonly subject: string; readonly addresses: readonly string[] }[],
  now: Date,
): Promise<number> {
  const { name, contact } = world.policy.controller;
  const { label, country } = successorNamed(world, transfer.successor);
  let told = 0;
  for (const { subject, addresses } of people) {
    const [to] = addresses;
    if (!to) continue;
    const model = {
      controller: { name, contact },
      successor: `${label}, ${country}`,
      notice: transfer.notice,
      objectBy: dayOf(world, transfer.objectBy as Date),
      link: `${world.publicUrl}/`,
    };
    const occasion = await occasionOf(world, transfer._id, subject);
    await queueLetter(
      world,
      { occasion, to, letter: 'business-transfer', language: 'en', model, automatic: true },
      now,
    );
    told += 1;
  }
  return told;
}

/** Those of the people to whom the letter went out early enough to object. */
export async function toldInTime(
  world: World,
  { _id, objectBy, waitingDays }: BusinessTransfer,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  const bySubject = await Promise.all(
    subjects.map(async (subject) => [await occasionOf(world, _id, subject), subject] as const),
  );
  const latest = new Date((objectBy as Date).getTime() - waitingDays * DAY_MS);
  const letters = await world.records.collection<OutboxLetter>('outbox').find({
    service: world.service,
    occasion: { in: bySubject.map(([occasion]) => occasion) },
    state: 'sent',
    sentAt: { upTo: latest },
  });
  const sent = new Set(letters.map(({ occasion }) => occasion));
  return new Set(bySubject.filter(([occasion]) => sent.has(occasion)).map(([, subject]) => subject));
}

/** Forgets the letters of a transfer that is over, a day later: by then no late worker is in the middle of it. */
export async function forgetLetters(world: World, transfer: BusinessTransfer): Promise<void> {
  const now = world.clock.now();
  const over = transfer.run?.doneAt ?? transfer.withdrawn?.at;
  if (!over || now.getTime() - over.getTime() < DAY_MS) return;
  if (!(await clearOccasion(world, `business-transfer:${transfer._id}:`, ['queued', 'sent', 'failed']))) return;
  await save(world.records.collection<BusinessTransfer>('transfers'), { ...transfer, clearedAt: now });
}

/** Occasions stand in the evidence: they must not name the account. */
async function occasionOf(world: World, id: string, subject: string): Promise<string> {
  return `business-transfer:${id}:${(await world.keys.mac('notice', `${world.service}\n${subject}`)).slice(0, 24)}`;
}
