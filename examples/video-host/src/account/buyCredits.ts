import { Types } from 'mongoose';
import type { Host, Person } from '../host.ts';
import type { Payment } from '../models/payment.ts';
import { Refusal } from '../web/refusal.ts';
import { credit } from './credit.ts';
import { creditPacks, simulatedCreem } from './simulatedCreem.ts';

/** Buys a pack at the simulated Creem and keeps its references. */
export async function buyCredits(host: Host, person: Person, packName: string): Promise<Payment> {
  const pack = Object.hasOwn(creditPacks, packName) ? creditPacks[packName] : undefined;
  if (!pack) throw new Refusal(422, 'There is no such pack of credits.');
  const _id = new Types.ObjectId();
  const payment = await host.models.payments.create({
    _id,
    userId: person._id,
    ...simulatedCreem(String(_id)),
    amount: pack.amount,
    currency: pack.currency,
    country: person.country,
    paidAt: host.now(),
  });
  await credit(host, person._id, { amount: pack.credits, reason: 'purchase', paymentId: _id });
  return payment.toObject();
}
