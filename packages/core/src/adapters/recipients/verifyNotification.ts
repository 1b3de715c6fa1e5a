import type { RecipientNotice } from '../../engine/ports/recipientConnector.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { systemClock } from '../clock/systemClock.ts';
import { type PublicKey, verifySignature } from '../keys/signatures.ts';
import { ED25519, signedText } from './noticeSignature.ts';

const TOLERANCE_MS = 5 * 60_000;
const MOST_SIGNATURES = 10;

/**
 * For recipients written in Node: the notice in a webhook, once its signature is good and not older than five minutes. `body`
 * is the raw body, `keys` the installation's published list (`loadPublicKeys`). The same `id` may come again: take it once.
 * Throws NOTICE_REFUSED.
 */
export function verifyNotification(
  {
    headers,
    body,
  }: { headers: Readonly<Record<string, string | readonly string[] | undefined>>; body: string | Uint8Array },
  keys: readonly PublicKey[],
  now: Date = systemClock.now(),
): RecipientNotice {
  const [id, seconds, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`]);
  if (typeof id !== 'string' || typeof seconds !== 'string' || typeof signatures !== 'string')
    throw refused('unsigned');
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const signed = signedText(id, seconds, text);
  const given = signatures.split(' ').slice(0, MOST_SIGNATURES);
  const good = given.some((each) => each.startsWith(ED25519) && isSigned(signed, each.slice(ED25519.length), keys));
  if (!good) throw refused('not signed by one of these keys');
  const at = new Date(Number(seconds) * 1000);
  if (!(Math.abs(now.getTime() - at.getTime()) <= TOLERANCE_MS)) throw refused('too old, or of the future');

  const { type, data } = JSON.parse(text) as { type: string; data: Omit<RecipientNotice, 'at' | 'what'> };
  if (data.id !== id) throw refused('of another notice');
  return { ...data, at, what: type.slice(type.indexOf('.') + 1) as RecipientNotice['what'] };
}

function isSigned(text: string, base64: string, keys: readonly PublicKey[]): boolean {
  const signature = Buffer.from(base64, 'base64').toString('base64url');
  return keys.some(({ publicKey }) => verifySignature(publicKey, text, signature));
}

function refused(why: string): KeptError {
  return new KeptError('NOTICE_REFUSED', `The notice is ${why}`, {
    place: 'webhook',
    remedy: 'Hand over the raw body and the signing.public.json of the installation that sent it.',
  });
}
