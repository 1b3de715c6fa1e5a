import type { ObjectionEvent } from '../../../kernel/decision.ts';
import { covers } from '../../../kernel/policy/vocabulary.ts';
import { runOf } from '../../../kernel/request/runOf.ts';
import { event, update } from '../../aggregate.ts';
import { letterId } from '../../outbox/queueLetter.ts';
import { noLongerStuck, reportStuck } from '../../requests/reportStuck.ts';
import type { OutboxLetter, StoredRequest } from '../../stored.ts';
import { objections } from '../../subjects/objections.ts';
import type { World } from '../../world.ts';
import { sayNo, sourceOf } from '../sayNo.ts';

/**
 * Takes back what an objection had stopped that was overridden, refused or taken back, once the letter that says so was sent: nothing goes on before the person
 * knows (Art 18(3) GDPR). An objection that they made elsewhere, or after it, stands.
 */
export async function goOnOnceTold(world: World): Promise<void> {
  const now = world.clock.now();
  const told = await world.records.collection<StoredRequest>('requests').find({
    service: world.service,
    right: 'objection',
    goesOnOnceTold: { exists: true },
    answerSentAt: { exists: true },
  });
  for (const request of told) {
    try {
      await goOn(world, request, now);
      await noLongerStuck(world, request);
    } catch (error) {
      await reportStuck(world, request, error);
    }
  }
}

async function goOn(world: World, request: StoredRequest, now: Date): Promise<void> {
  const letter = await world.records
    .collection<OutboxLetter>('outbox')
    .get(letterId(world, `answer:${runOf(request)}`));
  if (letter && !letter.sentAt) return;
  await takeBack(world, request);
  await update<StoredRequest>(
    world,
    'requests',
    request._id,
    ({ goesOnOnceTold, ...rest }) =>
      goesOnOnceTold && {
        document: rest as StoredRequest,
        events: [event(world, 'StoppedPurposesGoOn', now, { purposes: goesOnOnceTold })],
      },
  );
}

async function takeBack(world: World, request: StoredRequest): Promise<void> {
  if (!('subject' in request)) return;
  const { subject, goesOnOnceTold = [], recorded } = request;
  const source = sourceOf(request);
  for (const purpose of goesOnOnceTold) {
    const last = await lastWord(world, subject, purpose);
    if (last?.what === 'objected' && last.source === source) await objections(world).withdraw(subject, purpose, source);
  }
  // A wider word that is taken back takes those below it along: what was upheld among them is said again.
  for (const purpose of recorded?.purposes ?? []) {
    if (!goesOnOnceTold.some((wider) => covers(wider, purpose))) continue;
    const last = await lastWord(world, subject, purpose);
    if (last === undefined) await objections(world).object(subject, purpose, source);
    else if (last.what === 'objected') await sayNo(world, subject, { flags: [], purposes: [purpose] }, source);
  }
}

async function lastWord(world: World, subject: string, purpose: string): Promise<ObjectionEvent | undefined> {
  return (await objections(world).history(subject)).findLast((word) => word.purpose === purpose);
}
