import { localDate } from '../../kernel/clock/localDate.ts';
import { findingId, raiseFinding } from '../findings/findings.ts';
import type { Finding, StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import type { CopyBefore } from './copyBefore.ts';
import { extendRequest } from './extendRequest.ts';
import { requestClock, today } from './requestClock.ts';

/** Code of what staff are told where an erasure waits for a copy too long. */
export const COPY_FIRST = 'ERASURE_WAITS_FOR_COPY';

/** Days before its date that the person is told: the letter must be there within the first window (Article 12(3) GDPR). */
const TELL_BEFORE = 3;
/** Where the law leaves the end of an extension to what the person is told: the operator's choice. */
const BY_NOTICE = { days: 30 };

const REASON = [
  'You asked us for two things, and for a copy of your data first. You do not have that copy yet.',
  'If we deleted your data now, you would never get it. We delete it once you have the copy.',
].join(' ');

/**
 * What an approved erasure does while its person waits for the copy that goes first: nothing at first. When its date comes
 * near, the period is extended where the law lets us, and staff are told; after that it is for them to decide. Time alone never
 * erases what somebody asked to have. Answers the extended request, or undefined where nothing changed.
 */
export async function awaitCopy(
  world: World,
  erasure: StoredRequest,
  { lacks }: CopyBefore,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest | undefined> {
  const day = today(world, now);
  const isNear = day >= localDate(erasure.dueOn, 'due').subtract({ days: TELL_BEFORE }).toString();
  if (!lacks && !isNear && erasure.extension?.by !== 'kept') return undefined;

  const clock = await requestClock(world, erasure);
  const mayExtend = !erasure.extension && !erasure.report && clock.extensionNoticeBy !== null;
  if (isNear && mayExtend && clock.due !== null && day <= clock.due) {
    const until = clock.extendedDue === null && localDate(clock.due, 'due').add(BY_NOTICE).toString();
    return extendRequest(world, erasure, ticket, { by: 'kept', reason: REASON, ...(until && { until }) });
  }

  const last = (erasure.extension ? clock.extendedDue : clock.due) ?? erasure.dueOn;
  await tellStaff(world, erasure, day >= last ? 'over' : lacks ? 'lacking' : 'late', now);
  return undefined;
}

const TEXTS = {
  lacking: 'The copy that the person asked for first lacks data that could still be copied.',
  late: 'The copy that the person asked for first was not made or not fetched when the erasure was nearly due.',
  over: 'The last day on which the law lets an erasure wait for the copy that its person asked for first has come.',
} as const;

/** Once for each stage: what stands there already is not said with every round. */
async function tellStaff(world: World, { _id }: StoredRequest, stage: keyof typeof TEXTS, now: Date): Promise<void> {
  const remedy =
    'Nothing is erased before they have it: see what holds the copy up, or refuse it on a ground; or tell the person, and a privacy lead lets the erasure go without it.';
  const text = `${TEXTS[stage]} ${remedy}`;
  const known = await world.records.collection<Finding>('findings').get(findingId(world, COPY_FIRST, _id));
  if (known?.text === text && !known.resolvedAt) return;
  const severity = stage === 'over' ? 'error' : 'warning';
  await raiseFinding(world, { code: COPY_FIRST, about: _id, severity, text, place: _id }, now);
}
