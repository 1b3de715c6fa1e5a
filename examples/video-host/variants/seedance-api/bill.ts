import { createHash } from 'node:crypto';
import { Types } from 'mongoose';
import { Refusal } from '../../src/web/refusal.ts';
import type { Developer, Payment } from './models.ts';
import type { VideoApi } from './videoApi.ts';

/** Of one video. */
export const unitsOfVideo = 5;
export const centsOfUnit = 8;
const currency = 'EUR';

/** Units used since the last bill, and what they cost, counted from the log of calls. */
export async function unbilled(
  { models }: Pick<VideoApi, 'models'>,
  { _id, createdAt }: Pick<Developer, '_id' | 'createdAt'>,
  until: Date,
): Promise<{ since: Date; units: number; amount: number; currency: string }> {
  const last = await models.payments.findOne({ userId: _id }, { paidAt: 1 }).sort({ paidAt: -1 }).lean();
  const at = { ...(last && { $gt: last.paidAt }), $lte: until };
  const entries = await models.apiLogs.find({ userId: _id, at, units: { $gt: 0 } }, { units: 1 }).lean();
  const units = entries.reduce((sum, entry) => sum + entry.units, 0);
  return { since: last?.paidAt ?? createdAt, units, amount: units * centsOfUnit, currency };
}

/** Bills what was used, through Stripe, where the policy permits it. */
export async function bill(api: VideoApi, developer: Developer): Promise<Payment> {
  const paidAt = api.now();
  const { units, amount } = await unbilled(api, developer, paidAt);
  if (units === 0) throw new Refusal(409, 'Nothing was used since the last bill.');
  const decision = await api.kept.decide({
    subject: developer.id,
    purpose: 'service.payment',
    category: 'payment.record',
    recipient: 'stripe',
  });
  if (decision.outcome !== 'permitted') {
    throw new Refusal(403, `Nothing was billed: ${decision.because.map((reason) => reason.text).join('; ')}`);
  }
  const _id = new Types.ObjectId();
  const payment = await api.models.payments.create({
    _id,
    userId: developer._id,
    ...simulatedStripe(String(_id)),
    units,
    amount,
    currency,
    country: developer.country,
    paidAt,
  });
  return payment.toObject();
}

/**
 * Stands in for Stripe: the real one takes the card on its own pages, so that no number passes here, and answers with
 * references like these.
 */
export function simulatedStripe(
  order: string,
): Pick<Payment, 'processor' | 'processorRef' | 'status' | 'invoiceNumber'> {
  const digest = createHash('sha256').update(`stripe ${order}`).digest();
  // Letters only: a reference of digits could pass for a card number.
  const letters = Array.from(digest.subarray(0, 16), (byte) => 'abcdefghijklmnopqrstuvwxyz'[byte % 26]).join('');
  const number = Array.from(digest.subarray(16, 23), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[byte % 26]).join('');
  return { processor: 'stripe', processorRef: `pi_${letters}`, status: 'paid', invoiceNumber: `API-${number}` };
}
