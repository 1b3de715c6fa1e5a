import { Router } from 'express';
import { Types } from 'mongoose';
import { credit } from '../../src/account/credit.ts';
import { simulatedCreem } from '../../src/account/simulatedCreem.ts';
import { textOf } from '../../src/web/formBody.ts';
import { personOf, signedIn } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { noteDevice } from './deviceLog.ts';
import type { Order, Person } from './models.ts';
import { noteUse, type Site, supportAddress } from './site.ts';

export interface Offer {
  readonly item: string;
  readonly credits: number;
  readonly amount: number;
}

export const currency = 'EUR';
export const offers: Readonly<Record<string, Offer>> = {
  credits: { item: '50 credits', credits: 50, amount: 900 },
  monthly: { item: 'Monthly plan', credits: 200, amount: 2400 },
};

const month = 30 * 86_400_000;

/** Buying credits or a month of the plan, at a processor that shows its own card form, and the confirmation of it. */
export function orders(site: Site): Router {
  const { models, mail, now } = site;
  const router = Router();

  router.post('/orders', signedIn, async (req, res) => {
    const person = personOf<Person>(req);
    const name = textOf(req, 'offer');
    const offer = Object.hasOwn(offers, name) ? offers[name] : undefined;
    if (!offer) throw new Refusal(422, 'There is no such offer.');

    const order = await models.orders.create(orderOf(new Types.ObjectId(), offer, person._id, now()));
    await credit(site, person._id, { amount: offer.credits, reason: 'purchase', paymentId: order._id });
    if (name === 'monthly') {
      const planEndsAt = new Date(now().getTime() + month);
      await models.users.updateOne({ _id: person._id }, { plan: 'monthly', planStatus: 'active', planEndsAt });
    }
    await noteUse(site, person, `buy ${name}`);
    await noteDevice(site, req, person);
    await mail.sendMail({
      from: supportAddress,
      sender: supportAddress,
      to: person.email,
      subject: `Your order ${order.invoiceNumber}`,
      text: `Thank you. You ordered: ${offer.item}, ${(offer.amount / 100).toFixed(2)} ${currency}.\n`,
    });
    res.redirect(303, '/account');
  });

  return router;
}

/** An order as the simulated processor answers it. */
export function orderOf(_id: Types.ObjectId, { item, amount }: Offer, userId: Types.ObjectId, paidAt: Date): Order {
  const { processorRef, status, invoiceNumber } = simulatedCreem(String(_id));
  return { _id, userId, item, amount, currency, invoiceNumber, paidAt, processor: 'simulated', processorRef, status };
}
