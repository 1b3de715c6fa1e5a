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

describe('who gets nothing', () => {
  test('sdance-ai.purpose.only-requested-output: an upload without the generation that asks for it, or for another purpose, stays', async () => {
    const body = { image: new Uint8Array(), prompt: 'a boat' };
    const without = await refusal(pass(body, {}));
    expect(without).toMatchObject({ code: 'EGRESS_REFUSED', outcome: 'forbidden' });
    expect(without.because).toContainEqual(
      expect.objectContaining({ rule: 'recipients.fal-ai', clause: 'sdance-ai.purpose.only-requested-output' }),
    );
    const other = await refusal(pass(body, { generation: 'g-1', purpose: 'improvement' }));
    expect(other.because.map(({ clause }) => clause)).toContain('sdance-ai.purpose.only-requested-output');
    expect((await the.kept.disclosures.of(subject)).map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  });

  test('somebody who is not listed, with a finding that counts up (part of sdance-ai.recipient.providers)', async () => {
    for (const times of [1, 2]) {
      const error = await refusal(
        the.kept.egress('some-tracker', { subject, purpose: 'service.generation' }).pass({ a: 1 }),
      );
      expect(error.because.map(({ clause }) => clause)).toContain('sdance-ai.recipient.providers');
      const finding = (await the.kept.findings.open()).find(
        ({ code, place }) => code === 'DISCLOSURE_REFUSED' && place === 'recipients',
      );
      expect(finding?.times).toBe(times);
    }
  });

  test('a recipient for which the inventory lists nothing', async () => {
    const error = await refusal(the.kept.egress('cloudflare', { subject, purpose: 'service.delivery' }).pass({ a: 1 }));
    expect(error.because).toEqual([expect.objectContaining({ rule: 'inventory.egress.cloudflare' })]);
  });

  test('the operator of the models whom a closed list does not name (part of seedance-api.recipient.model-provider-unnamed)', async () => {
    const there = await scene({ policy: await withEgress('seedance-api', {}) });
    try {
      const operator = there.kept.policy.notice.poweredBy?.operator ?? '';
      const error = await refusal(
        there.kept.egress(operator, { subject, purpose: 'service.generation' }).pass({ prompt: 'x' }),
      );
      expect(error.because.map(({ clause }) => clause)).toContain('seedance-api.recipient.model-provider-unnamed');
    } finally {
      await there.close();
    }
  });

  test('anybody, while it is not known what must not leave', async () => {
    const there = await scene();
    const { subject: she } = await mara(there);
    const gate = there.kept.egress('fal-ai', { subject: she, generation: 'g' });
    expect(await gate.pass({ prompt: 'x' })).toEqual({ prompt: 'x' });
    await there.close();
    await expect(gate.pass({ prompt: 'x' })).rejects.toThrow();
  });

  test('an authority, without the approval of two people', async () => {
    const policy = await withEgress('sdance-ai', {});
    const fields = [{ path: 'email', category: 'account.contact' }];
    const rule = { recipient: 'authorities', onUnlisted: 'strip', onPersonal: 'strip', hosts: [], fields } as const;
    const there = await scene({ policy: { ...policy, inventory: { ...policy.inventory, egress: [rule] } } });
    try {
      const { subject: she } = await mara(there);
      const [ann, bob] = await Promise.all(
        ['ann', 'bob'].map((name) =>
          there.kept.staff.add({
            email: `${name}@sdance.test`,
            name,
            role: 'lead',
            password: 'long enough a password',
          }),
        ),
      );
      const scope = {
        recipient: 'authorities',
        subject: she,
        categories: ['account.contact'],
        purpose: 'legal.obligation',
        reference: 'AZ 12/26',
      };
      const body = { email: 'mara.keller@example.org' };
      const gate = (approval?: string) =>
        there.kept.egress('authorities', { subject: she, reference: 'AZ 12/26', ...(approval && { approval }) });
      expect(await refusal(gate().pass(body))).toMatchObject({ code: 'EGRESS_REFUSED' });

      const { _id } = await there.kept.disclosures.propose({
        ...scope,
        reason: 'an order of the court',
        by: ann?._id ?? '',
      });
      await expect(gate(_id).pass(body)).rejects.toThrow('not approved');
      await there.kept.disclosures.approve(_id, bob?._id ?? '');
      expect(await gate(_id).pass(body)).toEqual(body);
      await expect(gate(_id).pass(body)).rejects.toThrow('used');
      expect((await there.kept.disclosures.of(she)).map(({ outcome }) => outcome).sort()).toEqual([
        'made',
        'refused',
        'refused',
        'refused',
      ]);
    } finally {
      await there.close();
    }
  });
});

describe('the record', () => {
  test('is written before anything is handed back, with its event', async () => {
    await pass({ prompt: 'a boat' });
    const { _id } = await onRecord();
    await the.kept.evidence.sequence();
    const entries = await the.kept.evidence.entries({ kind: 'disclosures', id: _id });
    expect(entries.map(({ type }) => type)).toEqual(['DisclosureMade']);
  });

  test('is listed by recipient and time', async () => {
    await pass({ prompt: 'a boat' });
    const now = the.clock.now();
    const later = new Date(now.getTime() + 1);
    const list = the.kept.disclosures.list;
    expect(await list({ recipient: 'fal-ai', from: now, to: later })).toHaveLength(1);
    expect(await list({ recipient: 'creem' })).toEqual([]);
    expect(await list({ from: later })).toEqual([]);
    expect(await list({ to: now })).toEqual([]);
    await expect(list({ recipient: { $ne: '' } as never })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('counts the copy of the recipient down to its end', async () => {
    await pass({ prompt: 'a boat' });
    const { at, recipientKeepsUntil } = await onRecord();
    expect(Number(recipientKeepsUntil) - Number(at)).toBe(30 * 86_400_000);
    expect(await the.kept.disclosures.expire()).toEqual({ ended: 0 });
    the.clock.set(new Date(Number(recipientKeepsUntil)));
    expect(await the.kept.disclosures.expire()).toEqual({ ended: 1 });
    expect(await the.kept.disclosures.expire()).toEqual({ ended: 0 });
    expect((await onRecord()).copyEndedAt).toEqual(recipientKeepsUntil);
  });
});

test.each([
  ['a subject that looks like an operator', { subject: { $ne: null } }, 'SUBJECT_INVALID'],
  ['a generation that does', { generation: { $gt: '' } }, 'INPUT_INVALID'],
  ['a purpose of endless length', { purpose: 'x'.repeat(1e6) }, 'INPUT_INVALID'],
  ['a purpose that nobody knows', { purpose: 'service.nothing' }, 'QUESTION_INVALID'],
  ['a date that is none', { collected: 'yesterday' }, 'EGRESS_INVALID'],
])('%s is refused', async (_what, change, code) => {
  await expect(pass({ prompt: 'x' }, { generation: 'g', ...change })).rejects.toMatchObject({ code });
});
