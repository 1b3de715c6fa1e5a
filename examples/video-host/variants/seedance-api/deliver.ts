import { bytesOf } from '../../src/media/media.ts';
import type { Delivery, Generation } from './models.ts';
import type { VideoApi } from './videoApi.ts';

const minute = 60_000;
/** How long after an attempt the next one follows. After the last the video waits for a download. */
const pauses = [1, 5, 30, 2 * 60, 12 * 60, 24 * 60].map((minutes) => minutes * minute);
const patience = 10_000;

/** Tries every delivery by webhook that is due. A video is delivered when its receiver said so, and not before. */
export async function deliverDue(api: VideoApi): Promise<void> {
  const { models, now } = api;
  for (;;) {
    const next = await models.generations.findOne({ nextDeliveryAt: { $lte: now() } }).lean();
    if (!next) return;
    if (await claimed(api, next)) await attempt(api, next);
  }
}

/** A mark that the next attempt is later keeps other workers off this one, and brings it back where this one is killed. */
async function claimed({ models, now }: VideoApi, { _id, nextDeliveryAt }: Generation): Promise<boolean> {
  const made = await models.deliveries.countDocuments({ generationId: _id, way: 'webhook' });
  const pause = pauses[made];
  const later =
    pause === undefined
      ? { $unset: { nextDeliveryAt: 1 } }
      : { $set: { nextDeliveryAt: new Date(now().getTime() + pause) } };
  const mine = await models.generations.updateOne({ _id, ...(nextDeliveryAt && { nextDeliveryAt }) }, later);
  return mine.modifiedCount === 1;
}

async function attempt(api: VideoApi, generation: Generation): Promise<void> {
  const { models, media, kept } = api;
  const { _id, userId, outputs } = generation;
  const receiver = await models.users.findOne({ _id: userId, closedAt: null }).lean();
  const file = outputs[0]?.file;
  if (!receiver?.webhookUrl || !file || !(await media.has(file))) {
    await models.generations.updateOne({ _id }, { $unset: { nextDeliveryAt: 1 } });
    return;
  }
  const question = { purpose: 'service.delivery', category: 'generation.output', generation: String(_id) };
  const decision = await kept.decide({ subject: String(userId), ...question });
  // While the policy holds it back nothing leaves; the next attempt asks again.
  const said =
    decision.outcome === 'permitted' ? await posted(receiver.webhookUrl, _id, await bytesOf(media, file)) : no;
  if (said.status >= 200 && said.status < 300) await markDelivered(api, generation);
  await note(api, generation, 'webhook', said);
}

type Answer = Required<Pick<Delivery, 'status' | 'latencyMs'>>;
const no: Answer = { status: 0, latencyMs: 0 };

async function posted(url: string, id: Generation['_id'], video: Buffer): Promise<Answer> {
  const started = performance.now();
  const status = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'image/gif', 'x-generation': String(id) },
    body: new Uint8Array(video),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.status;
    },
    () => 0,
  );
  return { status, latencyMs: Math.round(performance.now() - started) };
}

/** The first success counts; what is fetched again later moves nothing. */
export async function markDelivered({ models, now }: VideoApi, { _id }: Pick<Generation, '_id'>): Promise<void> {
  await models.generations.updateOne({ _id, deliveredAt: null }, { deliveredAt: now() });
  await models.generations.updateOne({ _id }, { $unset: { nextDeliveryAt: 1 } });
}

/** Every attempt leaves an entry, those that failed too. */
export async function note(
  { models, now }: VideoApi,
  { _id, userId }: Pick<Generation, '_id' | 'userId'>,
  way: Delivery['way'],
  answer: Answer,
): Promise<void> {
  await models.deliveries.create({ userId, generationId: _id, at: now(), way, ...answer });
}
