import { createHash } from 'node:crypto';
import type { Payment } from './models.ts';

export const processors = ['stripe', 'paypal'] as const;

export type Processor = (typeof processors)[number];

/**
 * Stands in for Stripe and PayPal: each shows its own form for the card on its own site, so that no card number passes
 * here, and tells these three things of a payment. The form of the id shows whose it is.
 */
export function simulatedProcessor(
  processor: Processor,
  order: string,
  billingEmail: string,
): Pick<Payment, 'status' | 'transactionId'> & { billingEmail: string } {
  const digest = createHash('sha256').update(`${processor} ${order}`).digest();
  // Letters only: an id of digits could pass for a card number.
  const letters = Array.from(digest.subarray(0, 17), (byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZ'[byte % 24]).join('');
  const transactionId = processor === 'stripe' ? `pi_${letters.toLowerCase()}` : letters;
  return { status: 'paid', transactionId, billingEmail };
}
