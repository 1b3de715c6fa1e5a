import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Disclosure, EgressRefused } from '@kept/core';
import sharp from 'sharp';
import { type Scene, scene } from '../../support/scene.ts';
import { mara, withEgress } from './gate.ts';

let the: Scene;
let subject: string;
let payment: string;
beforeAll(async () => {
  the = await scene();
  ({ subject, payment } = await mara(the));
});
afterEach(() => the.db.collection('kept_disclosures').deleteMany({}));
afterAll(() => the.close());

const pass = (body: unknown, more: object = { generation: 'g-1' }): Promise<unknown> =>
  the.kept.egress('fal-ai', { subject, ...more }).pass(body);

const refusal = (promise: Promise<unknown>): Promise<EgressRefused> =>
  promise.then(
    () => Promise.reject(new Error('it left')),
    (error) => error,
  );

const onRecord = async (): Promise<Disclosure> => (await the.kept.disclosures.of(subject))[0] as Disclosure;

test('seedance25.recipient.ai-provider-input: prompt and reference media pass, nothing else, and who, what, when and for which is on record', async () => {
  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } })
    .jpeg()
    .withExif({ IFD0: { Artist: 'Mara Keller' } })
    .toBuffer();
  const there = await scene({ policy: await withEgress('seedance25', {}) });
  try {
    const { subject: she } = await mara(there);
    const body = {
      prompt: 'a red boat',
      references: [{ kind: 'first-frame', data: photo.toString('base64'), uploadedBy: she }],
      user: { id: she, email: 'mara.keller@example.org' },
      webhook: 'https://app.test/hooks?u=1',
    };
    const sent = (await there.kept
      .egress('ai-provider', { subject: she, generation: 'g-7' })
      .pass(body)) as typeof body;

    expect(sent).toEqual({ prompt: 'a red boat', references: [{ kind: 'first-frame', data: expect.any(String) }] });
    expect((await sharp(Buffer.from(sent.references[0]?.data ?? '', 'base64')).metadata()).exif).toBeUndefined();
    expect(await there.kept.disclosures.of(she)).toEqual([
      expect.objectContaining({
        outcome: 'made',
        subject: she,
        recipient: 'ai-provider',
        purpose: 'service.generation',
        generation: 'g-7',
        at: there.clock.now(),
        noticeVersion: 1,
        categories: ['generation.prompt', 'generation.reference'],
        fields: ['prompt', 'references[].data', 'references[].kind'],
      }),
    ]);
  } finally {
    await there.close();
  }
});

describe('account and billing values', () => {
  const b64 = (text: string): string => Buffer.from(text).toString('base64');
  const ways = (): [string, string][] => [
    ['the address', 'to mara.keller@example.org'],
    ['the address that a sign-in provider gave', 'to mara%40provider.test'],
    ['the name', 'a portrait of MARA KELLER'],
    ['the key of the account', `by ${subject}`],
    ['an order', `{"order":{"id":"${payment}"}}`],
    ['an invoice, in base64 in an address', `https://x.test/${b64('invoice INV-2026-0042')}`],
    ['a reference of the processor', 'see CH_9FK2LM31'],
    ['a card number', 'pay with 4111 1111 1111 1111'],
    ['a key of the host', 'use sdk_0123456789abcdefghijklmn'],
  ];

  test('seedance25.never.profile-to-ai-provider: an address, a name, the key of the account, an order anywhere: stripped or refused as configured, and the log says so', async () => {
    for (const onPersonal of ['strip', 'refuse'] as const) {
      const there = await scene({ policy: await withEgress('seedance25', { onPersonal }) });
      try {
        const { subject: she } = await mara(there);
        const { _id: userId } = (await there.db.collection('users').findOne({})) ?? {};
        await there.db.collection('orders').insertOne({ userId, processorRef: 'ord_55TT09' });
        const gate = there.kept.egress('ai-provider', { subject: she, generation: 'g-1' });
        for (const [what, text] of [
          ['users.email', 'to mara.keller@example.org'],
          ['users.name', 'a portrait of Mara Keller'],
          ['subject', `by ${she}`],
          ['orders.processorRef', '{"order":{"ref":"ord_55TT09"}}'],
        ]) {
          there.clock.forward({ seconds: 1 });
          const left = gate.pass({ prompt: `${text}, in oil`, references: [{ kind: b64(String(text)) }] });
          if (onPersonal === 'refuse') expect((await refusal(left)).code).toBe('EGRESS_REFUSED');
          else expect(JSON.stringify(await left)).not.toMatch(/mara|keller|55TT09|[0-9a-f]{24}/i);
          const [record] = await there.kept.disclosures.list({ limit: 1 });
          expect(record?.withheld.personal.join()).toMatch(what === 'subject' ? /_id|subject/ : String(what));
          expect(record?.outcome).toBe(onPersonal === 'refuse' ? 'refused' : 'made');
        }
      } finally {
        await there.close();
      }
    }
  });

  test('are taken out of what is listed, wherever they stand in it', async () => {
    for (const [what, text] of ways()) {
      const { prompt } = (await pass({ prompt: `${text}.` })) as { prompt: string };
      expect([what, prompt.includes('[removed]')]).toEqual([what, true]);
      expect([what, prompt]).not.toEqual([what, expect.stringContaining(text.slice(-6))]);
    }
  });

  test('the log names places, and never a value', async () => {
    await pass({ prompt: ways().join(), 'mara.keller@example.org': 1, nested: { subject } });
    const { withheld } = await onRecord();
    expect(withheld.personal).toEqual(
      expect.arrayContaining([
        'card number',
        'payments._id',
        'payments.invoiceNumber',
        'secret own-key',
        'users.email',
      ]),
    );
    expect(withheld).toMatchObject({ unlisted: 2, unlistedNames: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const stored = await the.db.collection('kept_disclosures').findOne({});
    const { subject: _, pending, ...rest } = { pending: [], subject: '', ...stored };
    expect(
      JSON.stringify([rest, pending.map((each: { details: object }) => ({ ...each.details, subject: '' }))]),
    ).not.toMatch(/mara|keller@|4111|INV-2026|9fk2|nested/i);
  });

  test('a number that is the key of an order is dropped, other numbers stay', async () => {
    await the.db
      .collection('payments')
      .insertOne({ userId: (await the.db.collection('users').findOne({}))?._id, processorRef: 480012345 });
    expect(await pass({ prompt: 'x', seed: 480012345, duration: 5 })).toEqual({ prompt: 'x', duration: 5 });
  });

  test('what a recipient is listed for, and may have, is not taken out for it', async () => {
    const policy = await withEgress('sdance-ai', {});
    const fields = [
      { path: 'email', category: 'account.contact' },
      { path: 'note', category: 'payment.record' },
    ];
    const rule = { recipient: 'creem', onUnlisted: 'strip', onPersonal: 'refuse', hosts: [], fields } as const;
    const there = await scene({ policy: { ...policy, inventory: { ...policy.inventory, egress: [rule] } } });
    try {
      const { subject: she } = await mara(there);
      const gate = there.kept.egress('creem', { subject: she });
      const bill = { email: 'mara.keller@example.org', note: 'INV-2026-0042' };
      expect(await gate.pass(bill)).toEqual(bill);
      expect(await refusal(gate.pass({ note: 'for Mara Keller' }))).toMatchObject({ code: 'EGRESS_REFUSED' });
    } finally {
      await there.close();
    }
  });
});

describe('fields that are not listed', () => {
  test('stripe-paypal-studio.never.more-than-required: an unknown field never leaves, and the log says so', async () => {
    for (const onUnlisted of ['strip', 'refuse'] as const) {
      const there = await scene({ policy: await withEgress('stripe-paypal-studio', { onUnlisted }) });
      try {
        const { subject: she } = await mara(there);
        const body = { prompt: 'a boat', options: { style: 'oil', gps: [1, 2] }, ip: '192.0.2.1' };
        const left = there.kept.egress('ai-provider', { subject: she, generation: 'g-1' }).pass(body);
        if (onUnlisted === 'strip') expect(await left).toEqual({ prompt: 'a boat', options: { style: 'oil' } });
        else
          expect((await refusal(left)).because).toEqual([
            expect.objectContaining({ rule: 'inventory.egress.ai-provider' }),
          ]);
        const [record] = await there.kept.disclosures.of(she);
        expect(record).toMatchObject({
          outcome: onUnlisted === 'strip' ? 'made' : 'refused',
          withheld: { unlisted: 2, unlistedNames: expect.any(String) },
        });
      } finally {
        await there.close();
      }
    }
  });
});
