import mongoose from 'mongoose';
import type { Scene } from './scene.ts';

const { ObjectId } = mongoose.mongo;

export interface Person {
  readonly id: mongoose.mongo.ObjectId;
  readonly key: string;
  readonly address: string;
  readonly videos: readonly mongoose.mongo.ObjectId[];
}

export const DAY = 86_400_000;

/** A person with an account, videos with their files, an API key with logs, a session and payments. */
export async function aPerson(
  { db, media, clock }: Scene,
  address: string,
  {
    videos = 3,
    logs = 4,
    payments = 2,
    saved = 0,
  }: { videos?: number; logs?: number; payments?: number; saved?: number } = {},
): Promise<Person> {
  const id = new ObjectId();
  const now = clock.now();
  const ago = (days: number): Date => new Date(now.getTime() - days * DAY);
  await db.collection('users').insertOne({
    _id: id,
    email: address,
    name: 'Mara L',
    identities: [],
    country: 'DE',
    createdAt: ago(100),
    seenAt: ago(1),
  });

  const ids: mongoose.mongo.ObjectId[] = [];
  for (let n = 0; n < videos; n += 1) {
    ids.push(await aVideo({ db, media }, id, { createdAt: ago(n), ...(n < saved && { savedAt: ago(n) }) }));
  }

  const keyId = new ObjectId();
  await db
    .collection('apiKeys')
    .insertOne({ _id: keyId, userId: id, name: 'first', hash: 'h', last4: 'abcd', createdAt: ago(20) });
  for (let n = 0; n < logs; n += 1) {
    await db.collection('apiLogs').insertOne({
      keyId,
      at: ago(n),
      method: 'POST',
      path: '/v1',
      status: 200,
      ip: '192.0.2.1',
      userAgent: 'x',
      durationMs: 5,
    });
  }
  await db
    .collection('sessions')
    .insertOne({ userId: id, tokenHash: 't', ip: '192.0.2.1', userAgent: 'x', createdAt: ago(1), seenAt: ago(1) });
  for (let n = 0; n < payments; n += 1) {
    await db.collection('payments').insertOne({
      userId: id,
      processor: 'creem',
      processorRef: `p${n}`,
      status: 'paid',
      amount: 900,
      currency: 'EUR',
      last4: '4242',
      country: 'DE',
      invoiceNumber: `2026-${n}`,
      paidAt: ago(n),
    });
  }
  return { id, key: String(id), address, videos: ids };
}

/** One video with its file and its input. */
export async function aVideo(
  { db, media }: Pick<Scene, 'db' | 'media'>,
  userId: mongoose.mongo.ObjectId,
  more: Record<string, unknown> = {},
): Promise<mongoose.mongo.ObjectId> {
  const _id = new ObjectId();
  const output = `generations/${_id}.mp4`;
  const reference = (more.input as string) ?? `uploads/${_id}.png`;
  await media.put(output, Buffer.from('video'));
  if (!more.input) await media.put(reference, Buffer.from('picture'));
  const { input: _, ...fields } = more;
  await db.collection('generations').insertOne({
    _id,
    userId,
    prompt: 'a boat',
    references: [{ file: reference }],
    outputs: [{ file: output }],
    createdAt: new Date(0),
    ...fields,
  });
  return _id;
}

/** A plain mail as it comes over the wire. */
export function rawMail(from: string, text: string, more: Record<string, string> = {}): Uint8Array {
  const headers = {
    From: from,
    To: 'support@sdanceai.com',
    Subject: 'Hello',
    'Message-ID': `<${hashOf(from + text)}@mail.test>`,
    ...more,
  };
  const head = Object.entries(headers)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}\r\n`);
}

function hashOf(text: string): number {
  return [...text].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7);
}

/** The one-time link in the newest confirmation letter to this address. */
export function linkFor({ mailer }: Pick<Scene, 'mailer'>, address: string): string {
  const letter = [...mailer.sent]
    .reverse()
    .find((each) => each.to === address && each.text.includes('/privacy/confirm/'));
  const link = letter?.text.match(/https:\S+\/privacy\/confirm\/(\S+)/)?.[1];
  if (!link) throw new Error(`No confirmation letter went to ${address}`);
  return link;
}
