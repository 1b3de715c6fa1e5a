import express, { type Request, type RequestHandler, Router } from 'express';
import { Types } from 'mongoose';
import { bearerOf } from '../account/apiKeys.ts';
import type { Host, Person } from '../host.ts';
import type { ApiKey } from '../models/apiKey.ts';
import type { Generation } from '../models/generation.ts';
import { makeVideo } from '../videos/makeVideo.ts';
import { asProblem } from '../web/asProblem.ts';
import { callLog } from '../web/callLog.ts';
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
  return callLog((req, call) =>
    models.apiLogs.create({
      ...call,
      keyId: keyOf(req)._id,
      at: now(),
      method: req.method,
      path: req.baseUrl + req.path,
      ip: req.ip ?? '',
      userAgent: (req.get('user-agent') ?? '').slice(0, 300),
    }),
  );
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
