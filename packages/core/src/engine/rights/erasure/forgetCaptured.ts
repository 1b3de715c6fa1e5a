import { event, update } from '../../aggregate.ts';
import { raiseFinding } from '../../findings/findings.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';

const DAY_MS = 86_400_000;

/**
 * How long we keep by what an erased person was known, so that staff can look again for what was found of them. No law names a
 * period for it: the operator's choice, long enough to write to somebody and wait, and no longer (Art 5(1)(e) GDPR).
 */
const CAPTURED_DAYS = 90;
/** Days before that on which staff are reminded. */
const REMIND_BEFORE = 14;

/**
 * Ends what an erasure keeps of its person where it found them still named and nobody ended that: staff are reminded, and after
 * 90 days the identifiers go. The case stays as it was told, and says where the person was named. Safe to repeat.
 */
export async function forgetCaptured(world: World): Promise<void> {
  const now = world.clock.now();
  const ended = await world.records.collection<StoredRequest>('requests').find({
    service: world.service,
    status: 'partly-fulfilled',
    right: 'erasure',
    captured: { exists: true },
    closedAt: { upTo: new Date(now.getTime() - (CAPTURED_DAYS - REMIND_BEFORE) * DAY_MS) },
  });
  for (const request of ended) {
    if (request.status !== 'partly-fulfilled') continue;
    const end = new Date(request.closedAt.getTime() + CAPTURED_DAYS * DAY_MS);
    if (end <= now) await forget(world, request, now);
    else await remind(world, request, now);
  }
}

type InPart = Extract<StoredRequest, { status: 'partly-fulfilled' }>;

async function forget(world: World, { _id }: InPart, now: Date): Promise<void> {
  await tell(world, _id, FORGOTTEN, now);
  await update<StoredRequest>(
    world,
    'requests',
    _id,
    ({ captured, ...each }) =>
      captured && {
        document: each as StoredRequest,
        events: [event(world, 'CapturedIdentifiersForgotten', now, { after: `P${CAPTURED_DAYS}D` })],
      },
  );
}

async function remind(world: World, { _id, capturedReminded, closedAt }: InPart, now: Date): Promise<void> {
  if (capturedReminded && capturedReminded > closedAt) return;
  await tell(world, _id, REMINDER, now);
  await update<StoredRequest>(world, 'requests', _id, (each) => ({ document: { ...each, capturedReminded: now } }));
}

function tell(world: World, about: string, text: string, now: Date): Promise<void> {
  return raiseFinding(world, { code: 'ERASURE_INCOMPLETE', about, severity: 'error', text, place: about }, now);
}

const REMINDER = `An erasure ended ${CAPTURED_DAYS - REMIND_BEFORE} days ago with its person still named somewhere, and the request says where. End it there and look again, or say why it stays: in ${REMIND_BEFORE} days we forget by what they were known, and nobody can look again.`;
const FORGOTTEN =
  'An erasure ended with its person still named somewhere, and nobody ended that in time. By what they were known is forgotten now: the request says where they stand; end it there by hand.';
