import { KeptError } from '../../kernel/keptError.ts';
import { insteadOf } from '../../kernel/policy/nearestWord.ts';
import {
  isRestrictionGround,
  RESTRICTION_GROUNDS,
  type RestrictionGround,
} from '../../kernel/request/restrictionGround.ts';
import { SETTLED_BY } from '../../kernel/request/settledBy.ts';
import { event, notFound, update } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import { settleEvidence } from '../evidence/evidence.ts';
import type { Restrictions } from '../keptChoices.ts';
import { tellRecipients } from '../notifications/tellRecipients.ts';
import { dayOf } from '../outbox/letterFrame.ts';
import { letterId, queueLetter } from '../outbox/queueLetter.ts';
import { receiptNamed } from '../rights/issueReceipt.ts';
import { goOnOnceTold } from '../rights/objection/goOnOnceTold.ts';
import { liftedReceiptId, signLifted } from '../rights/restriction/signLifted.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { OutboxLetter, StoredHold } from '../stored.ts';
import type { World } from '../world.ts';
import { demandSubject } from './demandSubject.ts';
import { enterLedger } from './enterLedger.ts';
import { holds, placeHold } from './holds.ts';
import { reasonOf } from './restrictionReason.ts';
import { changing } from './stamps.ts';

/** A person's restrictions are holds of their own kind; what ends one is that the person has been told (Art 18(3) GDPR). */
export function restrictions(world: World): Restrictions {
  const placed = world.records.collection<StoredHold>('holds');
  const { service } = world;
  const history = (subject: string): Promise<StoredHold[]> =>
    placed.find({ service, kind: 'restriction', subject }, { sort: { from: 1, _id: 1 } });

  return {
    async restrict(subject, ground, by, request) {
      demandSubject(subject);
      demandGround(ground);
      const staff = demandText(by, 'by', 200);
      const now = world.clock.now();
      const before = await history(subject);
      const standing = before.find((hold) => hold.ground === ground && !hold.until);
      if (!standing) {
        const after = before.map(({ from }) => ({ at: from }));
        await enterLedger(world, { kind: 'restriction', subject, detail: ground, at: now, after });
      }
      const hold = { kind: 'restriction', subject, ground, by: staff } as const;
      const id = standing?._id ?? (await placeHold(world, idAfter(world, before, hold), hold));
      await tellOf(world, 'restriction', { subject, request: request ?? id }, now);
      return restrictionOf(world, id);
    },

    async name(id, ground, by) {
      demandGround(ground);
      const staff = demandText(by, 'by', 200);
      const now = world.clock.now();
      const { subject = '', ground: before } = await restrictionOf(world, id);
      if (before === ground) return restrictionOf(world, id);
      await enterLedger(world, { kind: 'restriction', subject, detail: ground, at: now, id: `${id}:${ground}` });
      const named = await changing(world, subject, () =>
        update<StoredHold>(world, 'holds', id, (hold) => {
          if (hold.until || hold.lifting) throw ending(id);
          return {
            document: { ...hold, ground },
            events: [event(world, 'RestrictionGroundNamed', now, { by: staff, before: hold.ground, ground })],
          };
        }),
      );
      await enterLedger(world, {
        kind: 'restriction',
        subject,
        detail: `${before} lifted`,
        at: now,
        id: `${id}:${before} lifted`,
      });
      return named;
    },

    async lift(id, by, told) {
      const now = world.clock.now();
      const hold = await restrictionOf(world, id);
      const { _id: lead } = await demandOffice(world, by, id, SETTLED_BY.lift);
      if (hold.until || hold.lifting) return goOn(world, hold, now);
      const how = told === undefined ? undefined : demandText(told, 'told', 500);
      if (how === undefined) await demandAddress(world, hold);

      const who = { by: lead, ...(how !== undefined && { told: how }) };
      const lifting = { ...who, since: now };
      const begun = await update<StoredHold>(world, 'holds', id, (newest) =>
        newest.until || newest.lifting
          ? undefined
          : { document: { ...newest, lifting }, events: [event(world, 'RestrictionEnding', now, who)] },
      );
      return goOn(world, begun, now);
    },

    async advance() {
      await goOnOnceTold(world);
      const now = world.clock.now();
      const ending = await placed.find({
        service,
        kind: 'restriction',
        'lifting.since': { exists: true },
        until: { exists: false },
      });
      let lifted = 0;
      for (const hold of ending) if ((await goOn(world, hold, now)).until) lifted += 1;
      await signLifted(world);
      return { lifted };
    },

    async receipt(id) {
      return receiptNamed(world, liftedReceiptId((await restrictionOf(world, id))._id));
    },

    async history(subject) {
      demandSubject(subject);
      return history(subject);
    },
  };
}

/** It follows from those before it, so that of two who restrict at once only one does. */
function idAfter(
  { service, crypto }: World,
  before: readonly StoredHold[],
  { subject, ground }: { readonly subject: string; readonly ground: string },
): string {
  const place = [service, subject, ground, before.length, before.at(-1)?.from.toISOString()];
  return `hold-${crypto.sha256(place.join('\n')).slice(0, 32)}`;
}

/** Tells the person, and ends the restriction once they are told: whatever the moment of a crash, the next round goes on. */
async function goOn(world: World, hold: StoredHold, now: Date): Promise<StoredHold> {
  const { _id: id, subject = '', ground, lifting, until } = hold;
  if (!lifting || until) return hold;
  const toldAt = lifting.toldAt ?? (lifting.told === undefined ? await tell(world, hold, now) : lifting.since);
  if (toldAt === undefined) return hold;

  await update<StoredHold>(world, 'holds', id, (newest) =>
    newest.lifting ? { document: { ...newest, lifting: { ...newest.lifting, toldAt } } } : undefined,
  );
  await forgetLetter(world, id);
  const lifted = `${ground} lifted`;
  await enterLedger(world, { kind: 'restriction', subject, detail: lifted, at: now, id: `${id}:${lifted}` });
  await tellOf(world, 'restriction-lifted', { subject, request: id }, now);
  await holds(world).lift(id, lifting.by);
  return restrictionOf(world, id);
}

/** Queues the letter once; answers when it was sent. */
async function tell(world: World, hold: StoredHold, now: Date): Promise<Date | undefined> {
  const occasion = occasionOf(hold._id);
  const sent = await world.records.collection<OutboxLetter>('outbox').get(letterId(world, occasion));
  if (sent) return sent.sentAt;
  // A letter that another worker has forgotten was sent.
  const told = (await restrictionOf(world, hold._id)).lifting?.toldAt;
  if (told) return told;

  const [to] = await world.data.addressesOf(hold.subject ?? '');
  if (!to) return undefined;
  const { name, contact } = world.policy.controller;
  const model = {
    controller: { name, contact },
    since: dayOf(world, hold.from),
    ...reasonOf(hold.ground),
    link: world.publicUrl,
  };
  await queueLetter(world, { occasion, to, letter: 'restriction-ending', language: 'en', model, automatic: true }, now);
  return undefined;
}

function occasionOf(id: string): string {
  return `restriction-ending:${id}`;
}

/** That it was sent stands in the evidence, and it holds the address of somebody who may leave. */
async function forgetLetter(world: World, id: string): Promise<void> {
  const letters = world.records.collection<OutboxLetter>('outbox');
  const letter = await letters.get(letterId(world, occasionOf(id)));
  if (!letter) return;
  await settleEvidence(world, [letter]);
  await letters.remove({ _id: letter._id });
}

async function restrictionOf(world: World, id: string): Promise<StoredHold> {
  const hold = await world.records.collection<StoredHold>('holds').get(String(id));
  if (hold?.service === world.service && hold.kind === 'restriction' && hold.subject !== undefined) return hold;
  throw notFound('holds', String(id).slice(0, 100));
}

async function demandAddress(world: World, { subject = '', _id }: StoredHold): Promise<void> {
  if ((await world.data.addressesOf(subject)).length > 0) return;
  throw new KeptError('RESTRICTION_REFUSED', 'The person must be told before, and no address of theirs is known', {
    place: _id,
    remedy: 'Tell them another way, and say how (Art 18(3) GDPR).',
  });
}

/** Whoever has something of the person hears of it (Art 19 GDPR). */
async function tellOf(
  world: World,
  what: 'restriction' | 'restriction-lifted',
  about: { readonly subject: string; readonly request: string },
  now: Date,
): Promise<void> {
  const categories = world.policy.categories.map(({ name }) => name);
  await tellRecipients(world, { ...about, what, categories }, now);
}

function ending(id: string): KeptError {
  return new KeptError('RESTRICTION_CONFLICT', 'The restriction has ended, or the person is being told that it does', {
    place: id,
    remedy: 'Restrict anew, with its ground.',
  });
}

function demandGround(ground: unknown): asserts ground is RestrictionGround {
  if (isRestrictionGround(ground)) return;
  throw new KeptError('RESTRICTION_INVALID', 'The law knows no such ground for a restriction', {
    place: 'ground',
    remedy: insteadOf(String(ground).slice(0, 50), RESTRICTION_GROUNDS),
  });
}
