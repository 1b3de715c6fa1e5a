import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import request from 'supertest';
import { bytesOf, type Media } from '../../../examples/video-host/src/media/media.ts';
import { renderClip } from '../../../examples/video-host/src/media/renderClip.ts';
import { variant } from '../../../examples/video-host/variants/sdance-ai/index.ts';
import { stripMedia } from '../../../packages/core/src/adapters/media/stripMedia.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

let the: VariantScene;
beforeAll(async () => {
  the = await openVariant(variant);
});
afterAll(() => the.close());

const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } })
  .jpeg()
  .withExif({ IFD0: { Artist: 'Wilma Sandberg' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
  .toBuffer();

async function signedUp(): Promise<ReturnType<typeof request.agent>> {
  const browser = request.agent(the.app);
  const form = {
    provider: 'google',
    name: 'Wilma Sandberg',
    email: 'wilma@example.org',
    country: 'SE',
    birthYear: '1990',
  };
  await browser.post('/sign-up/provider').type('form').send(form).expect(303);
  return browser;
}

test('the app sends a model what was asked for and nothing of the person: the film shows it, the record says it', async () => {
  const browser = await signedUp();
  const wilma = await the.connection.collection('users').findOne({ email: 'wilma@example.org' });
  const subject = String(wilma?._id);
  const made = await browser
    .post('/generations')
    .field('prompt', 'A kite, for Wilma Sandberg')
    .attach('picture', photo, { filename: 'wilma.jpg' })
    .expect(303);

  const video = await the.connection.collection('generations').findOne({ userId: wilma?._id });
  expect(made.headers.location).toContain(String(video?._id));
  const seen = renderClip('A kite, for [removed]', stripMedia(photo).bytes).video;
  expect(await bytesOf(the.media as Media, video?.outputs[0].file)).toEqual(seen);
  expect(await the.kept.disclosures.of(subject)).toEqual([
    expect.objectContaining({
      recipient: 'fal-ai',
      generation: String(video?._id),
      categories: ['generation.prompt', 'generation.reference'],
      // What the photo told beside its picture went when it was given.
      withheld: { unlisted: 0, personal: ['users.name'], media: [] },
    }),
  ]);
});

test('where the agreement with the provider has ended, nothing leaves and nothing is made (part of sdance-ai.recipient.models)', async () => {
  the.clock.set(new Date('2031-01-02T08:00:00Z'));
  const subject = the.protagonist.id;
  const gate = the.kept.egress('fal-ai', { subject, generation: 'g-1' });
  await expect(gate.pass({ prompt: 'A kite' })).rejects.toMatchObject({
    code: 'EGRESS_REFUSED',
    because: [expect.objectContaining({ rule: 'recipients.fal-ai', clause: 'sdance-ai.recipient.models' })],
  });
});
