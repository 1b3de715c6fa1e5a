import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { EgressRefused } from '@kept/core';
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

const occasion = { generation: 'g-1' };
const pass = (body: unknown, more: object = occasion): Promise<unknown> =>
  the.kept.egress('fal-ai', { subject, ...more }).pass(body);

const refusal = (promise: Promise<unknown>): Promise<EgressRefused> =>
  promise.then(
    () => Promise.reject(new Error('it left')),
    (error) => error,
  );

describe('the prompt and reference media of a generation request go to the model, and nothing else', () => {
  test('seedance25.recipient.ai-provider-input: exactly the listed fields pass, and it is on record who, what, when and for which', async () => {
    const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } })
      .jpeg()
      .withExif({ IFD0: { Artist: 'Mara Keller' } })
      .toBuffer();
    const there = await scene({ policy: await withEgress('seedance25', {}) });
    try {
      const { subject: she } = await mara(there);
      const gate = there.kept.egress('ai-provider', { subject: she, generation: 'g-7' });
      const body = {
        prompt: 'a red boat',
        model: 'seedance-2.5',
        references: [{ kind: 'first-frame', data: photo.toString('base64'), uploadedBy: she }],
        user: { id: she, email: 'mara.keller@example.org' },
        webhook: 'https://app.test/hooks?u=1',
      };
      const sent = (await gate.pass(body)) as { references: { data: string }[] };

      expect(sent).toEqual({
        prompt: 'a red boat',
        model: 'seedance-2.5',
        references: [{ kind: 'first-frame', data: expect.any(String) }],
      });
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
          categories: ['generation.prompt', 'generation.reference', 'generation.settings'],
          fields: ['model', 'prompt', 'references[].data', 'references[].kind'],
        }),
      ]);
    } finally {
      await there.close();
    }
  });
});
