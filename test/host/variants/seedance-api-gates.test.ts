import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { forPurpose, isHash } from '@kept/core';
import { Types } from 'mongoose';
import sharp from 'sharp';
import request from 'supertest';
import { bytesOf, type Media } from '../../../examples/video-host/src/media/media.ts';
import { onOurOwnModels, variant } from '../../../examples/video-host/variants/seedance-api/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedance-api/models.ts';
import { picture } from '../scene.ts';
import { openVariant, type VariantScene } from './openVariant.ts';
import { registered } from './registering.ts';

const CARD = '4111 1111 1111 1111';
const LOOK_ALIKE = '4111 1111 1111 1112';
const REFUSED = { code: 'WRITE_REFUSED' };

describe('the API on models of its own', () => {
  let the: VariantScene;
  let models: Models;
  beforeAll(async () => {
    the = await openVariant(onOurOwnModels);
    models = modelsOn(the.connection);
  });
  afterAll(() => the.close());

  describe('what is written', () => {
    test('seedance-api.never.card-number: holds no card number, in whichever collection and however it is written; a look-alike is stored', async () => {
      const userId = new Types.ObjectId();
      const at = the.clock.now();
      const paid = {
        processor: 'stripe',
        status: 'paid' as const,
        units: 1,
        amount: 8,
        currency: 'EUR',
        country: 'IE',
        paidAt: at,
      };
      const writing = [
        () => models.users.updateOne({}, { $set: { name: CARD } }),
        () => models.apiKeys.findOneAndUpdate({}, { name: `for ${CARD}` }),
        () => models.generations.updateMany({}, { prompt: CARD }),
        () => models.apiLogs.create({ userId, at, endpoint: `GET /v1/${CARD}`, units: 0 }),
        () => models.deliveries.bulkWrite([{ updateOne: { filter: {}, update: { $set: { way: CARD } } } }]),
        () => models.payments.insertMany([{ ...paid, userId, processorRef: 'pi_a', invoiceNumber: CARD }]),
      ];
      for (const write of writing) await expect(write()).rejects.toMatchObject(REFUSED);
      expect(await the.placesOf('4111 1111 1111 1111', '4111111111111111')).toEqual([]);
      await models.payments.create({ ...paid, userId, processorRef: 'pi_a', invoiceNumber: LOOK_ALIKE });
      expect(await models.payments.countDocuments({ invoiceNumber: LOOK_ALIKE })).toBe(1);
    });

    test('is refused with words for whoever sent it, and the number is nowhere, in an address neither', async () => {
      const { id, call } = await registered(the, 'Karl');
      const webhookUrl = 'https://studio.example.org/4111111111111111';
      const answer = await call('put', '/webhook').send({ webhookUrl }).expect(422);
      expect(answer.body.detail).toContain('never store');
      const form = { email: 'lea@example.org', name: 'Lea', country: 'IE', webhookUrl };
      await request(the.app).post('/v1/register').send(form).expect(422);
      expect(await the.placesOf('4111111111111111', 'lea@example.org')).toEqual([]);
      expect((await models.users.findById(id).lean())?.webhookUrl).toBeUndefined();
    });

    test('holds of a payment what the inventory lists of one, and nothing else', async () => {
      const payment = await models.payments.findOne().lean();
      await expect(
        models.payments.collection.insertOne({ ...payment, _id: new Types.ObjectId(), cardHolder: 'Wren' } as never),
      ).rejects.toMatchObject(REFUSED);
    });

    test('holds of a key its hash, and the clear key in no field of anything (part of seedance-api.collects.account)', async () => {
      const { id, key } = await registered(the, 'Mia');
      const stored = await models.apiKeys.findOne({ userId: id }).lean();
      expect(isHash(stored?.hash ?? '')).toBe(true);
      // The schema alone would let through what is written past it.
      const { collection } = models.apiKeys;
      for (const hash of [key, 'open sesame'])
        await expect(collection.updateOne({ _id: stored?._id } as never, { $set: { hash } })).rejects.toMatchObject(
          REFUSED,
        );
      await expect(models.users.updateOne({ _id: id }, { name: key })).rejects.toMatchObject(REFUSED);
      expect(await the.placesOf(key)).toEqual([]);
    });
  });

  describe('what is read', () => {
    test('seedance-api.collects.api-usage: for improvement is the log without its addresses; for rate limits and audits with them', async () => {
      const fieldsFor = async (purpose: string): Promise<string[]> => {
        const entries = (await models.apiLogs
          .find({ units: 5 })
          .setOptions(forPurpose(purpose))) as unknown as object[];
        expect(entries.length).toBeGreaterThan(3);
        return [...new Set(entries.flatMap((entry) => Object.keys(entry)))].sort();
      };
      expect(await fieldsFor('improvement')).toEqual([
        '_id',
        'at',
        'endpoint',
        'latencyMs',
        'status',
        'units',
        'userId',
      ]);
      for (const purpose of ['safety.rate-limit', 'safety.audit']) expect(await fieldsFor(purpose)).toContain('ip');
    });

    test('seedance-api.purpose.improvement: for improvement is nothing of prompts and images', async () => {
      const videos = (await models.generations.find().setOptions(forPurpose('improvement'))) as unknown as object[];
      expect(JSON.stringify(videos)).not.toMatch(/prompt|references|outputs/);
      expect(JSON.stringify(await models.generations.find().lean())).toMatch(/prompt.*references.*outputs/);
    });
  });

  test('a reference image is stored as a picture and nothing else: not where it was taken, nor by whom', async () => {
    const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } })
      .jpeg()
      .withExif({ IFD0: { Artist: 'Nils Amundsen' }, IFD3: { GPSLatitude: '59/1 54/1 0/1' } })
      .toBuffer();
    const { id, call } = await registered(the, 'Nils');
    await call('post', '/videos').field('prompt', 'A fjord').attach('image', photo, 'nils.jpg').expect(201);
    const video = await models.generations.findOne({ userId: id }).lean();
    const stored = await bytesOf(the.media as Media, video?.references[0]?.file ?? '');
    expect((await sharp(stored).metadata()).exif).toBeUndefined();
    expect(stored.toString('latin1')).not.toMatch(/Nils|Exif/);
  });
});

describe('the API as its notice describes it', () => {
  let the: VariantScene;
  beforeAll(async () => {
    the = await openVariant(variant);
  });
  afterAll(() => the.close());

  test('seedance-api.recipient.model-provider-unnamed: it makes no video, says why, keeps nothing of the order, and puts on record that nothing left', async () => {
    const { id, call } = await registered(the, 'Iris');
    const filesBefore = (await the.everything()).files;
    const answer = await call('post', '/videos')
      .field('prompt', 'A cathedral of paper cranes')
      .attach('image', picture, 'me.png')
      .expect(403);
    expect(answer.body.detail).toContain('models of ByteDance, whom the notice does not list');
    expect(await the.placesOf('cathedral')).toEqual([]);
    expect((await the.everything()).files).toBe(filesBefore);

    const log = await the.kept.disclosures.of(id);
    expect(log).toMatchObject([
      { outcome: 'refused', recipient: 'bytedance', purpose: 'service.generation', fields: [] },
    ]);
    expect(log[0]?.because?.map(({ clause }) => clause)).toContain('seedance-api.recipient.model-provider-unnamed');
    expect((await the.kept.findings.open()).map(({ code }) => code)).toContain('DISCLOSURE_REFUSED');
  });

  test('seedance-api.recipient.infrastructure: whoever is not on the list gets nothing through the gate either', async () => {
    const { id } = await registered(the, 'Jona');
    for (const recipient of ['some-cloud', 'fal-ai', 'an-advertiser']) {
      const gate = the.kept.egress(recipient, { subject: id, purpose: 'service.generation' });
      await expect(gate.pass({ prompt: 'A kite' })).rejects.toMatchObject({
        code: 'EGRESS_REFUSED',
        because: expect.arrayContaining([expect.objectContaining({ clause: 'seedance-api.recipient.infrastructure' })]),
      });
    }
  });
});
