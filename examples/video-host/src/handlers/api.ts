import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import { Types } from 'mongoose';
import { bearerOf } from '../account/apiKeys.ts';
import type { Host, Person } from '../host.ts';
import type { ApiKey } from '../models/apiKey.ts';
import type { Generation } from '../models/generation.ts';
import { makeVideo } from '../videos/makeVideo.ts';
import { textOf } from '../web/formBody.ts';
import { Refusal } from '../web/refusal.ts';

type Call = Request & { bearer?: { apiKey: ApiKey; person: Person } };

/** The API, by key; each call leaves a log line, and the answer waits for it. */
export function api(host: Host): Router {
  const { models } = host;
  const router = Router();
  router.use(authorised(host), logged(host), express.json({ limit: '64kb' }));

  router.post('/generations', async (req, res) => {
    const parent = textOf(req, 'parentId');
    const made = await makeVideo(host, callerOf(req), { prompt: textOf(req, 'prompt'), ...(parent && { parent }) });
    res.status(201).location(`/api/v1/generations/${made._id}`).json(presentForApi(made));
  });

  router.get('/generations/:id', async (req, res) => {
    const { id } = req.params;
    const mine = { _id: id, userId: callerOf(req)._id };
    const video = Types.ObjectId.isValid(id) ? await models.generations.findOne(mine).lean() : null;
    if (!video) throw new Refusal(404, 'There is no such video of yours.');
    res.json(presentForApi(video));
  });

  router.use(() => {
    throw new Refusal(404, 'There is no such path.');
  });
  router.use(asProblem);
  return router;
}

function authorised(host: Host): RequestHandler {
  return async (req, _res, next) => {
    const bearer = await bearerOf(host, req.get('authorization') ?? '');
    if (!bearer) throw new Refusal(401, 'Send a key of yours as: Authorization: Bearer <key>.');
    (req as Call).bearer = bearer;
    next();
  };
}

function logged({ models, now }: Host): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const keyId = keyOf(req)._id;
    const path = req.baseUrl + req.path;
    const end = res.end.bind(res) as (...parts: unknown[]) => typeof res;
    res.end = ((...parts: unknown[]) => {
      const line = {
        keyId,
        at: now(),
        method: req.method,
        path,
        status: res.statusCode,
        ip: req.ip ?? '',
        userAgent: (req.get('user-agent') ?? '').slice(0, 300),
        durationMs: Math.round(performance.now() - started),
      };
      models.apiLogs.create(line).then(
        () => end(...parts),
        () => res.destroy(),
      );
      return res;
    }) as typeof res.end;
    next();
  };
}

function bearerBehind(req: Request): { apiKey: ApiKey; person: Person } {
  const { bearer } = req as Call;
  if (!bearer) throw new Refusal(401, 'Send a key of yours.');
  return bearer;
}

const keyOf = (req: Request): ApiKey => bearerBehind(req).apiKey;
const callerOf = (req: Request): Person => bearerBehind(req).person;

function presentForApi(video: Generation): object {
  const { _id, prompt, model, createdAt, savedAt, visibility, parentId } = video;
  const id = String(_id);
  return {
    id,
    prompt,
    model,
    createdAt,
    saved: Boolean(savedAt),
    visibility,
    ...(parentId && { parentId }),
    page: `/videos/${id}`,
  };
}

const asProblem: ErrorRequestHandler = (error: Error & { status?: number }, _req, res, _next) => {
  const status = error.status ?? 500;
  const detail =
    error.name === 'Refusal' ? error.message : status < 500 ? 'The body could not be read.' : 'Something broke here.';
  res.status(status).type('application/problem+json').json({ type: 'about:blank', status, detail });
};
