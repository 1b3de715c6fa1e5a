import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { EgressRefused } from '@kept/core';
import { type Scene, scene } from '../../support/scene.ts';
import { mara, withEgress } from './gate.ts';

let the: Scene;
let subject: string;
beforeAll(async () => {
  the = await scene();
  ({ subject } = await mara(the));
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

  test('whoever asks for somebody whom the host does not have: of them nothing could be recognised', async () => {
    const of = { subject: '0'.repeat(24), generation: 'g-1' };
    const error = await refusal(the.kept.egress('fal-ai', of).pass({ prompt: 'Mara Keller, mara@example.org' }));
    expect(error).toMatchObject({ code: 'EGRESS_REFUSED', outcome: 'undetermined', missing: ['subject'] });
    expect(JSON.stringify(error.because) + error.message).not.toMatch(/mara/i);
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
