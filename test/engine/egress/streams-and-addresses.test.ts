import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EgressGate } from '@kept/core';
import sharp from 'sharp';
import { type Scene, scene } from '../../support/scene.ts';
import { mara } from './gate.ts';

let the: Scene;
let gate: EgressGate;
let subject: string;
beforeAll(async () => {
  the = await scene();
  ({ subject } = await mara(the));
  gate = the.kept.egress('fal-ai', { subject, generation: 'g-1' });
});
afterAll(() => the.close());

const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } })
  .jpeg()
  .withExif({ IFD0: { Artist: 'Mara Keller' } })
  .toBuffer();

describe('a stream', () => {
  const through = async (category: string, type: string, bytes: Uint8Array): Promise<Buffer> => {
    const source = new Blob([new Uint8Array(bytes)]).stream() as ReadableStream<Uint8Array>;
    const parts: Uint8Array[] = [];
    for await (const part of source.pipeThrough(gate.stream(category, type))) parts.push(part);
    return Buffer.concat(parts);
  };

  test('strips a file as it flows, and is on record before the first byte', async () => {
    await the.db.collection('kept_disclosures').deleteMany({});
    const sent = await through('generation.reference', 'image/jpeg', photo);
    expect((await sharp(sent).metadata()).exif).toBeUndefined();
    expect(await the.kept.disclosures.of(subject)).toEqual([
      expect.objectContaining({ outcome: 'made', categories: ['generation.reference'], fields: ['image'] }),
    ]);
  });

  test('gives nothing out where the category may not leave', async () => {
    await expect(through('account.profile', 'image/jpeg', photo)).rejects.toMatchObject({ code: 'EGRESS_REFUSED' });
  });
});

describe('media by address', () => {
  test('pass only if the store serves them stripped', async () => {
    const served: Record<string, string> = {
      'uploads/a.jpg': 'https://cdn.test/s/a',
      'uploads/b.jpg': 'https://cdn.test/mara_keller/b',
    };
    const media = { ...the.media, strippedUrl: async (key: string) => served[key] };
    for (const [files, left] of [
      [{ media: the.media }, undefined],
      [{ media }, { image_url: 'https://cdn.test/s/a' }],
    ] as const) {
      const there = await scene({ files });
      const { subject: she } = await mara(there);
      const sent = there.kept.egress('fal-ai', { subject: she, generation: 'g' });
      if (left) {
        expect(await sent.pass({ image_url: 'uploads/a.jpg' })).toEqual(left);
        // An address that names the person stays.
        expect(await sent.pass({ image_url: 'uploads/b.jpg' })).toEqual({});
      }
      if (!left)
        await expect(sent.pass({ image_url: 'uploads/a.jpg' })).rejects.toMatchObject({ code: 'EGRESS_INVALID' });
      await expect(sent.pass({ image_url: 'https://elsewhere.test/a.jpg' })).rejects.toMatchObject({
        code: 'EGRESS_INVALID',
      });
      await there.close();
    }
  });
});
