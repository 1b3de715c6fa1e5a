import { createHmac, timingSafeEqual } from 'node:crypto';
import { KeptError } from '../../kernel/keptError.ts';

/** Seconds by which the clocks of both sides may differ; an older request is not taken again. */
const WINDOW_S = 300;
const SHORTEST_KEY = 32;

export interface Marked {
  readonly member: string;
  /** One for each thing that is asked, the same when it is asked again. */
  readonly id: string;
  readonly body: string;
}

/** Throws SOURCE_KEY_INVALID for a key that could be guessed. */
export function demandKey(key: string): void {
  if (typeof key === 'string' && key.length >= SHORTEST_KEY) return;
  throw new KeptError('SOURCE_KEY_INVALID', 'The key that signs requests is too short', {
    place: 'key',
    remedy: `Use at least ${SHORTEST_KEY} random characters, the same on both sides.`,
  });
}

/** The headers that a request carries: HMAC-SHA-256 over its time, id, member and body. */
export function markOf(key: string, marked: Marked, now: Date): Record<string, string> {
  const time = String(Math.floor(now.getTime() / 1000));
  return {
    'kept-time': time,
    'kept-request': marked.id,
    'kept-signature': `v1=${macOf(key, marked, time).toString('hex')}`,
  };
}

/** Whether the request is from somebody who has the key, and of now. */
export function isMarked(
  key: string,
  marked: Marked,
  { time, signature }: { time: string; signature: string },
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(time) || Math.abs(now.getTime() / 1000 - Number(time)) > WINDOW_S) return false;
  const given = Buffer.from(signature.replace(/^v1=/, ''), 'hex');
  const wanted = macOf(key, marked, time);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function macOf(key: string, { member, id, body }: Marked, time: string): Buffer {
  return createHmac('sha256', key).update(`${time}.${id}.${member}.${body}`).digest();
}
