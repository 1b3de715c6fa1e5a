import { holdsCardNumber, type Policy } from '@kept/core';
import { Router } from 'express';
import { Types } from 'mongoose';
import { textOf } from '../../src/web/formBody.ts';
import { personOf, signedIn } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { goesOn } from './goesOn.ts';
import { dailyLimit } from './makeCreation.ts';
import type { Member, Person } from './models.ts';
import { processors, simulatedProcessor } from './simulatedProcessor.ts';
import { type Studio, supportAddress } from './studio.ts';

type Standing = Pick<Member, 'plan' | 'downgradedAt'>;

/** The page of the plans: what each keeps and for how long, and what goes when after a change. */
export function plan(studio: Studio): Router {
  const { models, render, mail, kept, now } = studio;
  const router = Router();
  router.use('/plan', signedIn);

  router.get('/plan', async (req, res) => {
    const person = personOf<Person>(req);
    const after: Standing = person.plan === 'pro' ? { plan: 'free', downgradedAt: now() } : person;
    const { goes, first } = await ends(person, after);
    const isPro = person.plan === 'pro';
    const plans = { keeps: keeps(kept.policy), dailyLimit, processors };
    render(req, res, 'plan', { title: 'Your plan', isPro, goes, first, ...plans });
  });

  router.post('/plan/upgrade', async (req, res) => {
    const person = personOf<Person>(req);
    const processor = processors.find((each) => each === textOf(req, 'processor'));
    if (!processor) throw new Refusal(422, `Please choose how to pay: ${processors.join(', ')}.`);
    const given = Object.values((req.body ?? {}) as Record<string, unknown>);
    if (given.some((value) => holdsCardNumber(String(value))))
      throw new Refusal(422, 'Please never send us a card number: Stripe and PayPal take it on their own pages.');
    if (person.plan === 'pro') throw new Refusal(409, 'You are on the pro plan already.');

    const _id = new Types.ObjectId();
    const told = simulatedProcessor(processor, String(_id), person.email);
    await models.payments.create({ _id, userId: person._id, ...told, paidAt: now() });
    await models.users.updateOne({ _id: person._id }, { $set: { plan: 'pro' }, $unset: { downgradedAt: 1 } });
    res.redirect(303, '/plan');
  });

  router.post('/plan/downgrade', async (req, res) => {
    const person = personOf<Person>(req);
    if (person.plan === 'free') throw new Refusal(409, 'You are on the free plan already.');
    const after: Standing = { plan: 'free', downgradedAt: now() };
    await models.users.updateOne({ _id: person._id }, { $set: after });
    await warn(person, after);
    res.redirect(303, '/plan');
  });

  /** What the person would still have on the pro plan and loses on this one, in the order in which it goes. */
  async function ends(person: Person, after: Standing): Promise<{ goes: object[]; first?: Date }> {
    const pro: Standing = { plan: 'pro' };
    const mine = { userId: person._id };
    const [made, given] = await Promise.all([
      models.generations.find(mine, { prompt: 1, createdAt: 1 }).lean(),
      models.uploads.find(mine, { type: 1, createdAt: 1 }).lean(),
    ]);
    const goes = [
      ...made.map((each) => ({ what: each.prompt, ...days('generations', each) })),
      ...given.map((each) => ({ what: `Upload (${each.type})`, ...days('uploads', each) })),
    ]
      .filter((each) => dayOf(each.on) < dayOf(each.onPro))
      .sort((a, b) => a.on.getTime() - b.on.getTime());
    return { goes, ...(goes[0] && { first: goes[0].on }) };

    function days(collection: 'generations' | 'uploads', each: { createdAt: Date }): { on: Date; onPro: Date } {
      const end = (standing: Standing): Date => goesOn(studio, collection, each, standing) ?? new Date(8.64e15);
      return { on: end(after), onPro: end(pro) };
    }
  }

  /** A letter that names the first day on which something goes; the page says the rest. */
  async function warn(person: Person, after: Standing): Promise<void> {
    const { goes, first } = await ends(person, after);
    const question = { purpose: 'service.payment', category: 'account.contact', recipient: 'email-provider' };
    const decision = await kept.decide({ subject: person.id, ...question });
    if (decision.outcome !== 'permitted' || !first) return;
    const text = [
      `Dear ${person.name},`,
      '',
      'You are on the free plan from today. It keeps images and uploads for a shorter time than the pro plan.',
      `Because of that, ${goes.length} of yours will be deleted earlier, the first on ${dayOf(first)}.`,
      'Please download what you would like to keep. Your plan page lists each with its day; going back to the pro plan',
      'before that day keeps it longer.',
    ].join('\n');
    const letter = { from: supportAddress, sender: supportAddress, to: person.email };
    await mail.sendMail({ ...letter, subject: 'Your plan has changed: what will be deleted, and when', text });
  }

  return router;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** What the page says of a plan is what the policy says of it. */
function keeps({ retention }: Policy): Readonly<Record<string, string>> {
  const ceilings = Object.entries(retention.find(({ id }) => id === 'content')?.tiers?.atMost ?? {});
  const units: Readonly<Record<string, string>> = { D: 'day', M: 'month', Y: 'year' };
  return Object.fromEntries(
    ceilings.map(([plan, period]) => {
      const [, count = '', unit = ''] = /^P(\d+)([DMY])$/.exec(period) ?? [];
      return [plan, units[unit] ? `${count} ${units[unit]}${count === '1' ? '' : 's'}` : period];
    }),
  );
}
