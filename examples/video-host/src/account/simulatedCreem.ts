import { createHash } from 'node:crypto';
import type { Payment } from '../models/payment.ts';

export interface CreditPack {
  readonly name: string;
  readonly credits: number;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
}

export const creditPacks: Readonly<Record<string, CreditPack>> = {
  small: { name: 'Small', credits: 50, amount: 900, currency: 'EUR' },
  large: { name: 'Large', credits: 250, amount: 3900, currency: 'EUR' },
};

/**
 * Stands in for Creem, the payment processor: the real one shows its own card form on its own site, so that a card
 * number never passes here, and answers with references like these.
 */
export function simulatedCreem(
  order: string,
): Pick<Payment, 'processor' | 'processorRef' | 'status' | 'last4' | 'invoiceNumber'> {
  const digest = createHash('sha256').update(`creem ${order}`).digest();
  const last4 = String(digest.readUInt16BE(0) % 10_000).padStart(4, '0');
  // Letters only: a reference of digits could pass for a card number.
  const reference = Array.from(digest.subarray(2, 18), (byte) => 'abcdefghijklmnopqrstuvwxyz'[byte % 26]).join('');
  const invoice = digest.readUInt32BE(18).toString(36).toUpperCase().padStart(7, '0');
  return { processor: 'creem', processorRef: `ch_${reference}`, status: 'paid', last4, invoiceNumber: `SD-${invoice}` };
}
