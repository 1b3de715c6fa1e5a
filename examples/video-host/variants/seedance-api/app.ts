import { pipeline } from 'node:stream/promises';
import { holdsCardNumber } from '@kept/core';
import express, { type Application, type Request, type RequestHandler, type Response, Router } from 'express';
import { Types } from 'mongoose';
import { newApiKey } from '../../src/account/apiKeys.ts';
import { mimeOfKey } from '../../src/media/pictureKind.ts';
import { asProblem } from '../../src/web/asProblem.ts';
import { callLog } from '../../src/web/callLog.ts';
import { formBody, textOf, uploadOf } from '../../src/web/formBody.ts';
import { personOf } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { bill, unbilled, unitsOfVideo } from './bill.ts';
import { markDelivered, note } from './deliver.ts';
import { makeVideo } from './makeVideo.ts';
import type { Developer, Generation } from './models.ts';
import { rateLimit } from './rateLimit.ts';
import type { VideoApi } from './videoApi.ts';

const callsPerMinute = 120;

/** The whole API. Every call by a key leaves an entry; a call without one belongs to nobody and leaves none. */
export function createApi(api: VideoApi): Application {
  const { models, now } = api;
  const app = express();
  app.disable('x-powered-by');
  app.get('/', (_req, res) => {
    res.json({ service: 'Seedance API', start: 'POST /v1/register', privacy: '/privacy' });
  });
  app.use('/v1', rateLimit({ perMinute: callsPerMinute, now }));

  app.post('/v1/register', formBody, async (req: Request, res: Response) => {
    const developer = await register(api, req);
    res.status(201).json({ id: developer.id, key: await newApiKey(api, developer, 'first key') });
  });

  const router = Router();
  router.use(keyed, logged(api), formBody);
  router.get('/usage', async (req, res) => {
    res.json(await unbilled(api, developerOf(req), now()));
  });
  router.post('/invoices', async (req, res) => {
    const { invoiceNumber, units, amount, currency, status } = await bill(api, developerOf(req));
    res.status(201).json({ invoiceNumber, units, amount, currency, status });
  });
  router.put('/webhook', async (req, res) => {
    await models.users.updateOne({ _id: developerOf(req)._id }, { webhookUrl: webhookIn(req) });
    res.status(204).end();
  });
  router.delete('/account', async (req, res) => {
    await models.users.updateOne({ _id: developerOf(req)._id, closedAt: null }, { closedAt: now() });
    res.status(204).end();
  });
  router.post('/videos', async (req, res) => {
    const image = uploadOf(req, 'image');
    const made = await makeVideo(api, developerOf(req), { prompt: textOf(req, 'prompt'), ...(image && { image }) });
    res.locals.units = unitsOfVideo;
    res.status(201).location(`/v1/videos/${made._id}`).json(presented(api, made));
  });
  router.get('/videos', async (req, res) => {
    const mine = await models.generations
      .find({ userId: developerOf(req)._id })
      .sort({ createdAt: -1 })
      .limit(100)
      .lean();
    res.json({ videos: mine.map((video) => presented(api, video)) });
  });
  router.get('/videos/:id', async (req, res) => {
    res.json(presented(api, await owned(api, req)));
  });
  router.get('/videos/:id/content', async (req, res) => {
    await download(api, await owned(api, req), res);
  });
  app.use('/v1', router);

  app.use(() => {
    throw new Refusal(404, 'There is no such path.');
  });
  app.use(asProblem);
  return app;
}

const developerOf = (req: Request): Developer => personOf<Developer>(req);

const keyed: RequestHandler = (req, _res, next) => {
  if (!req.user) throw new Refusal(401, 'Send a key of yours as: Authorization: Bearer <key>.');
  next();
};

function logged({ models, now }: VideoApi): RequestHandler {
  return callLog((req, { status, durationMs }) =>
    models.apiLogs.create({
      userId: developerOf(req)._id,
      at: now(),
      endpoint: `${req.method} /v1${req.route?.path ?? '/…'}`,
      units: req.res?.locals.units ?? 0,
      status,
      latencyMs: durationMs,
      ip: req.ip ?? '',
    }),
  );
}

async function register({ models, now }: VideoApi, req: Request): Promise<Developer> {
  const [email, name, country] = [textOf(req, 'email').toLowerCase(), textOf(req, 'name'), textOf(req, 'country')];
  if (!/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email)) throw new Refusal(422, 'Give a whole address under "email".');
  if (name === '' || name.length > 80 || holdsCardNumber(name))
    throw new Refusal(422, 'Give a name under "name", of at most 80 letters.');
  if (!/^[A-Z]{2}$/.test(country)) throw new Refusal(422, 'Give the "country" as two letters, such as IE.');
  const webhook = textOf(req, 'webhookUrl') === '' ? {} : { webhookUrl: webhookIn(req) };
  return models.users
    .create({ email, name, country, ...webhook, createdAt: now() })
    .catch((error: { code?: number }) => {
      throw error.code === 11000 ? new Refusal(409, 'There is an account at this address already.') : error;
    });
}

/** Videos go to addresses that keep them from others' eyes: by TLS, or not off this machine. */
function webhookIn(req: Request): string {
  const text = textOf(req, 'webhookUrl');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const here = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (!url || text.length > 500 || url.username !== '' || !(url.protocol === 'https:' || here))
    throw new Refusal(422, 'Give an https address under "webhookUrl".');
  return url.href;
}

async function owned({ models }: VideoApi, req: Request): Promise<Generation> {
  const id = String(req.params.id);
  const mine = { _id: id, userId: developerOf(req)._id };
  const video = Types.ObjectId.isValid(id) ? await models.generations.findOne(mine).lean() : null;
  if (!video) throw new Refusal(404, 'There is no such video of yours. It may be deleted after its delivery.');
  return video;
}

/** A download whose last byte was handed over is a delivery; one that broke off is an attempt. */
async function download(api: VideoApi, video: Generation, res: Response): Promise<void> {
  const file = video.outputs[0]?.file;
  if (!file || !(await api.media.has(file))) throw new Refusal(404, 'There is no file of this video.');
  const started = performance.now();
  const noteAs = (status: number): Promise<void> =>
    note(api, video, 'download', { status, latencyMs: Math.round(performance.now() - started) });
  const stream = await api.media.read(file);
  res.set({ 'content-type': mimeOfKey(file), 'cache-control': 'private, no-store' });
  await pipeline(stream, untilDelivered, res).catch(async () => {
    // Where the reader had left before, nothing else closes the file.
    stream.destroy();
    res.destroy();
    await noteAs(0);
  });

  /** Holds back the end of the answer, so that whoever has it whole finds the video delivered. */
  async function* untilDelivered(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    yield* bytes;
    await markDelivered(api, video);
    await noteAs(200);
  }
}

/** What a developer sees of a video, with the periods as the policy in force has them. */
function presented({ kept }: VideoApi, { _id, model, createdAt, deliveredAt }: Generation): object {
  const rule = kept.policy.retention.find((one) => one.id === 'videos');
  return {
    id: String(_id),
    model,
    createdAt,
    deliveredAt: deliveredAt ?? null,
    content: `/v1/videos/${_id}/content`,
    keptAtMost: { afterDelivery: rule?.keep.atMost, undelivered: rule?.otherwise?.keep },
  };
}
