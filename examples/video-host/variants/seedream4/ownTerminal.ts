import { createHash } from 'node:crypto';
import type { Payment } from './models.ts';

/**
 * Stands in for the service's own card terminal, on the other side of which the number stays: what comes out of it is a
 * token, four digits and the number of an invoice. No outside party has a part in it.
 */
export function ownTerminal(order: string): Pick<Payment, 'token' | 'last4' | 'invoiceNumber'> {
  const digest = createHash('sha256').update(`terminal ${order}`).digest();
  // Letters only: a token of digits could pass for a card number.
  const token = Array.from(digest.subarray(0, 16), (byte) => 'abcdefghijklmnopqrstuvwxyz'[byte % 26]).join('');
  const last4 = String(digest.readUInt16BE(16) % 10_000).padStart(4, '0');
  const invoice = digest.readUInt32BE(18).toString(36).toUpperCase().padStart(7, '0');
  return { token: `tok_${token}`, last4, invoiceNumber: `SR-${invoice}` };
}
