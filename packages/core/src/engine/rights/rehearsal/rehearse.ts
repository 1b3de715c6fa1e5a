import type { PlanLine, Right } from '../../../kernel/decision.ts';
import { type Way, wayOf } from '../../../kernel/request/wayOf.ts';
import { madeAbout } from '../../notifications/madeAbout.ts';
import { isToldOf } from '../../notifications/tellRecipients.ts';
import { surveyOwnRecords } from '../../removal/ownRecords.ts';
import { planRemoval } from '../../removal/planRemoval.ts';
import { standingHolds } from '../../requests/activeHolds.ts';
import { lawOf, residenceOf } from '../../requests/lawOf.ts';
import { requestDueOn } from '../../requests/requestClock.ts';
import { demandSubject } from '../../subjects/demandSubject.ts';
import type { World } from '../../world.ts';

/** What a request would do if it came now. */
export interface Rehearsal {
  readonly right: Right;
  /** Id of the law that it would run under. */
  readonly regime: string;
  readonly way: Way;
  /** YYYY-MM-DD. */
  readonly dueOn: string;
  /** What is there of the person, collection by collection. */
  readonly found: readonly { readonly collection: string; readonly records: number; readonly files: number }[];
  /** Of an erasure: what would go, what would stay, on which ground and until when. */
  readonly plan: readonly PlanLine[];
  /** Names of those who have data of the person by the log, and would be told of an erasure or a correction (Art 19 GDPR). */
  readonly recipients: readonly string[];
}

/** Looks, and neither writes nor sends anything. Throws SUBJECT_INVALID. */
export async function rehearse(world: World, right: Right, subject: string): Promise<Rehearsal> {
  demandSubject(subject);
  const now = world.clock.now();
  const { regime } = await lawOf(world, await residenceOf(world, subject));
  const found = await world.data.survey(subject);
  return {
    right,
    regime: regime.id,
    way: wayOf({ right }),
    dueOn: await requestDueOn(world, { right, regime: regime.id, receivedAt: now, about: { subject } }),
    found: found
      .filter(({ count }) => count > 0)
      .map(({ collection, count, files }) => ({ collection, records: count, files })),
    plan: right === 'erasure' ? await planNow(world, subject, now) : [],
    recipients: await recipientsNow(world, subject, now),
  };
}

async function recipientsNow(world: World, subject: string, now: Date): Promise<string[]> {
  const recipients = new Set<string>();
  for await (const disclosure of madeAbout(world, subject))
    if (isToldOf(world, disclosure, now)) recipients.add(disclosure.recipient);
  return [...recipients].sort();
}

async function planNow(world: World, subject: string, now: Date): Promise<PlanLine[]> {
  const holds = await standingHolds(world, now, subject);
  const [hosts, own] = await Promise.all([
    planRemoval(world, subject, holds, now),
    surveyOwnRecords(world, subject, {}, holds, now),
  ]);
  return [...hosts, ...own];
}
