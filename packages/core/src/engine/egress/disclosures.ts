import { endOf } from '../../kernel/retention/endOf.ts';
import { event, fresh, update } from '../aggregate.ts';
import { demandPage } from '../demandPage.ts';
import { demandText } from '../demandText.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { Disclosure, DisclosureLog } from '../keptEgress.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import type { Destination } from './destination.ts';
import type { EgressRefused } from './egressRefused.ts';

const MOST_SHOWN = 1000;
const ROUND = 500;

type Told = Pick<Disclosure, 'categories' | 'fields' | 'withheld'>;

/** Puts a disclosure on record, under an id that was chosen before. */
export function recordDisclosure(world: World, id: string, to: Destination, told: Told, now: Date): Promise<void> {
  const { recipient } = to;
  const { zone } = world.policy.controller;
  const until = recipient?.keeps && endOf(now, recipient.keeps.period, undefined, 'floor', zone);
  return write(world, id, to, { ...told, outcome: 'made', ...(until && { recipientKeepsUntil: until }) }, now);
}

/** Puts on record that something was kept from leaving, and raises a finding: somebody tried what the policy does not permit. */
export async function recordRefusal(
  world: World,
  to: Destination,
  told: Told,
  { outcome, because }: Pick<EgressRefused, 'outcome' | 'because'>,
  now: Date,
): Promise<void> {
  const id = `disclosure-${world.crypto.newId()}`;
  await write(world, id, to, { ...told, fields: [], outcome: 'refused', because }, now);
  // Who is not listed may be called anything.
  const place = to.recipient === undefined ? 'recipients' : `recipients.${to.recipient.name}`;
  const rules = [...new Set(because.map(({ rule }) => rule))].sort().join(', ');
  const text = `Something was kept from leaving, ${outcome} by ${rules}`;
  const about = `${place}:${rules}`;
  await raiseFinding(world, { code: 'DISCLOSURE_REFUSED', about, severity: 'warning', text, place }, now);
}

async function write(
  world: World,
  id: string,
  to: Destination,
  told: Told & Pick<Disclosure, 'outcome' | 'because' | 'recipientKeepsUntil'>,
  now: Date,
): Promise<void> {
  const { subject, name, purpose, generation, reference, approval } = to;
  const what = {
    subject,
    recipient: name,
    ...(purpose && { purpose }),
    categories: told.categories,
    ...(generation && { generation }),
    ...(reference && { reference }),
    ...(approval && { approval }),
    noticeVersion: world.policy.version,
  };
  const made = told.outcome === 'made';
  const details = { ...what, ...(made ? { fields: told.fields } : { because: told.because }), withheld: told.withheld };
  const entry = event(world, made ? 'DisclosureMade' : 'DisclosureRefused', now, details);
  const disclosure: Disclosure = { ...fresh(world, id, [entry]), ...what, ...told, at: now };
  await world.records.collection<Disclosure>('disclosures').insert(disclosure);
}

/** What left, to whom, and what is left of it there. */
export function disclosures(world: World): DisclosureLog {
  const records = world.records.collection<Disclosure>('disclosures');
  const { service } = world;
  const sort = { at: -1, _id: 1 } as const;

  return {
    async of(subject) {
      demandSubject(subject);
      return records.find({ service, subject }, { sort });
    },

    async list({ recipient, outcome, from, to, skip = 0, limit = 100 } = {}) {
      demandPage({ skip, limit, instants: { from, to } });
      const where = {
        service,
        ...(recipient !== undefined && { recipient: demandText(recipient, 'recipient', 200) }),
        ...(outcome !== undefined && { outcome: demandText(outcome, 'outcome', 20) }),
      };
      const newest = { sort, skip, limit: Math.min(limit, MOST_SHOWN) };
      const found = await records.find({ ...where, ...(to && { at: { before: to } }) }, newest);
      // They come newest first, so that what is too old is always at the end.
      return from ? found.filter(({ at }) => at >= from) : found;
    },

    async expire() {
      const now = world.clock.now();
      const where = {
        service,
        outcome: 'made',
        copyEndedAt: { exists: false },
        recipientKeepsUntil: { upTo: now },
      } as const;
      for (let ended = 0; ; ) {
        const due = await records.find(where, { sort: { recipientKeepsUntil: 1 }, limit: ROUND });
        for (const { _id } of due) await endCopy(world, _id, now);
        ended += due.length;
        if (due.length < ROUND) return { ended };
      }
    },
  };
}

async function endCopy(world: World, id: string, now: Date): Promise<void> {
  await update<Disclosure>(world, 'disclosures', id, (disclosure) =>
    disclosure.copyEndedAt
      ? undefined
      : {
          document: { ...disclosure, copyEndedAt: now },
          events: [event(world, 'RecipientCopyEnded', now, { recipient: disclosure.recipient })],
        },
  );
}
