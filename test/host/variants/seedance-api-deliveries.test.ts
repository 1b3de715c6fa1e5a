import { once } from 'node:events';
import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { deliverDue } from '../../../examples/video-host/variants/seedance-api/deliver.ts';
import { onOurOwnModels } from '../../../examples/video-host/variants/seedance-api/index.ts';
import { modelsOn } from '../../../examples/video-host/variants/seedance-api/models.ts';
import type { VideoApi } from '../../../examples/video-host/variants/seedance-api/videoApi.ts';
import { serve } from '../../support/browser.ts';
import { openVariant, type VariantScene } from './openVariant.ts';
import { openReceiver, type Receiver } from './receiver.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let the: VariantScene;
let receiver: Receiver;
let api: VideoApi;
beforeAll(async () => {
  the = await openVariant(onOurOwnModels);
  receiver = await openReceiver();
  const { connection, media, kept, clock } = the;
  const mail = { sendMail: async () => undefined };
  const models = modelsOn(connection);
  api = { connection, media, kept, mail, models, modelsOf: 'ourselves', now: () => clock.now() };
});
afterAll(async () => {
  await receiver.close();
  await the.close();
});

const later = (ms: number): void => the.clock.set(new Date(the.clock.now().getTime() + ms));
const video = (id: string) => api.models.generations.findById(id).lean();
const attempts = async (id: string): Promise<unknown[]> =>
  (await api.models.deliveries.find({ generationId: id }).sort({ _id: 1 }).lean()).map(({ way, status }) => [
    way,
    status,
  ]);

async function developer(name: string, webhookUrl?: string) {
  const email = `${name.toLowerCase()}@example.org`;
  const form = { email, name, country: 'IE', ...(webhookUrl && { webhookUrl }) };
  const { key, id } = (await request(the.app).post('/v1/register').send(form).expect(201)).body;
  const made = await request(the.app)
    .post('/v1/videos')
    .auth(key, { type: 'bearer' })
    .send({ prompt: `For ${name}` })
    .expect(201);
  return { id: id as string, key: key as string, video: made.body.id as string };
}

test('seedance-api.retention.after-delivery: a delivery that failed is tried again, and only the one that succeeded counts', async () => {
  const { video: id } = await developer('Ada', receiver.url);
  receiver.status = 503;
  await deliverDue(api);
  await deliverDue(api);
  expect(await attempts(id)).toEqual([['webhook', 503]]);

  later(MINUTE - 1);
  await deliverDue(api);
  expect(await attempts(id)).toHaveLength(1);
  later(1);
  receiver.status = 0;
  await deliverDue(api);
  expect(await attempts(id)).toEqual([
    ['webhook', 503],
    ['webhook', 0],
  ]);
  expect((await video(id))?.deliveredAt).toBeUndefined();

  later(5 * MINUTE);
  receiver.status = 204;
  await deliverDue(api);
  const delivered = await video(id);
  expect(delivered?.deliveredAt).toEqual(the.clock.now());
  expect(delivered?.nextDeliveryAt).toBeUndefined();
  expect(receiver.arrived.at(-1)).toMatchObject({ generation: id, bytes: await the.media.size(`outputs/${id}.gif`) });

  later(24 * HOUR);
  await deliverDue(api);
  expect(await attempts(id)).toHaveLength(3);
});

test('seedance-api.retention.after-delivery: a receiver that never answers gets seven attempts in two days, and the video waits', async () => {
  const started = the.clock.now().getTime();
  receiver.status = 500;
  const { video: id } = await developer('Bea', receiver.url);
  for (;;) {
    await deliverDue(api);
    const next = (await video(id))?.nextDeliveryAt;
    if (!next) break;
    the.clock.set(next);
  }
  expect(await attempts(id)).toHaveLength(7);
  expect(the.clock.now().getTime() - started).toBeLessThan(48 * HOUR);
  expect((await video(id))?.deliveredAt).toBeUndefined();

  await the.kept.retention.sweep();
  expect(await the.media.has(`outputs/${id}.gif`)).toBe(true);
});

test('a download that reaches its end is a delivery, and the second one moves nothing', async () => {
  const { key, video: id } = await developer('Cleo');
  const call = (path: string) => request(the.app).get(`/v1/videos/${id}${path}`).auth(key, { type: 'bearer' });
  expect((await call('')).body).toMatchObject({
    deliveredAt: null,
    keptAtMost: { afterDelivery: 'P1D', undelivered: 'P7D' },
  });
  const { headers } = await call('/content').expect(200);
  expect(headers['content-type']).toBe('image/gif');
  const first = the.clock.now();
  later(HOUR);
  await call('/content').expect(200);
  expect((await call('')).body.deliveredAt).toBe(first.toISOString());
  expect(await attempts(id)).toEqual([
    ['download', 200],
    ['download', 200],
  ]);
});

test('a download that breaks off is an attempt, and no delivery', async () => {
  const { key, video: id } = await developer('Dana');
  const file = `outputs/${id}.gif`;
  await the.media.put(file, Buffer.alloc(8_000_000));
  const server = await serve(the.app);
  const call = get(`${server.url}/v1/videos/${id}/content`, { headers: { authorization: `Bearer ${key}` } });
  const [answer] = await once(call, 'response');
  await once(answer, 'data');
  call.destroy();
  for (let looks = 0; looks < 1000 && (await attempts(id)).length === 0; looks += 1) await new Promise(setImmediate);
  await server.close();
  expect(await attempts(id)).toEqual([['download', 0]]);
  expect((await video(id))?.deliveredAt).toBeUndefined();
});

test('while processing is restricted nothing is delivered', async () => {
  receiver.status = 204;
  const { id: subject, video: id } = await developer('Elif', receiver.url);
  const before = receiver.arrived.length;
  const hold = await the.kept.holds.place({ kind: 'restriction', subject, ground: 'accuracy', by: 'staff-1' });
  await deliverDue(api);
  expect(receiver.arrived).toHaveLength(before);
  await the.kept.holds.lift(hold, 'staff-1');
  later(MINUTE);
  await deliverDue(api);
  expect(receiver.arrived.at(-1)?.generation).toBe(id);
});

test('a closed account is delivered nothing any more', async () => {
  const { key, video: id } = await developer('Finn', receiver.url);
  const before = receiver.arrived.length;
  await request(the.app).delete('/v1/account').auth(key, { type: 'bearer' }).expect(204);
  await request(the.app).get('/v1/usage').auth(key, { type: 'bearer' }).expect(401);
  await deliverDue(api);
  expect(receiver.arrived).toHaveLength(before);
  expect((await video(id))?.nextDeliveryAt).toBeUndefined();
});
