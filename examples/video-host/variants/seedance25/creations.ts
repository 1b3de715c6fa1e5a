import { type Request, Router } from 'express';
import { Types } from 'mongoose';
import { creditsOf } from '../../src/account/credit.ts';
import { thumbnailOf } from '../../src/media/media.ts';
import { textOf, uploadOf } from '../../src/web/formBody.ts';
import { personOf, signedIn } from '../../src/web/guards.ts';
import { pour } from '../../src/web/pour.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { noteDevice } from './deviceLog.ts';
import { makeCreation } from './makeCreation.ts';
import type { Creation, Person } from './models.ts';
import { noteUse, type Site } from './site.ts';
import { mimeOfKey } from './upload.ts';

const nothingHere = (): Refusal => new Refusal(404, 'There is nothing here for you to see.');

/** Making things, and the history of what one made: one's own, and nobody else's. */
export function creations(site: Site): Router {
  const { models, media, render } = site;
  const router = Router();

  router.get('/create', signedIn, async (req, res) => {
    render(req, res, 'create', { title: 'Create', credits: await creditsOf(site, personOf<Person>(req)._id) });
  });

  router.post('/creations', signedIn, async (req, res) => {
    const person = personOf<Person>(req);
    const upload = uploadOf(req, 'reference');
    const wish = { prompt: textOf(req, 'prompt'), kind: textOf(req, 'kind'), ...(upload && { upload }) };
    const { _id } = await makeCreation(site, person, wish);
    await noteUse(site, person, `create ${wish.kind}`);
    await noteDevice(site, req, person);
    res.redirect(303, `/creations/${_id}`);
  });

  router.get('/creations', signedIn, async (req, res) => {
    const person = personOf<Person>(req);
    const mine = await models.generations.find({ userId: person._id }).sort({ createdAt: -1 }).limit(100).lean();
    await noteUse(site, person, 'history');
    render(req, res, 'creations', { title: 'My creations', creations: mine.map(present) });
  });

  router.get('/creations/:id', signedIn, async (req, res) => {
    render(req, res, 'creation', { title: 'Creation', creation: present(await owned(req)) });
  });

  router.get('/creations/:id/:part', signedIn, async (req, res) => {
    const { outputs, references } = await owned(req);
    const output = outputs[0]?.file;
    const keys = new Map([
      ['output', output],
      ['thumbnail', output && thumbnailOf(output)],
      ['reference', references[0]?.file],
    ]);
    const key = keys.get(String(req.params.part));
    if (!key || !(await media.has(key))) throw nothingHere();
    res.set({ 'content-type': mimeOfKey(key), 'cache-control': 'private, no-store' });
    await pour(await media.read(key), res);
  });

  async function owned(req: Request): Promise<Creation> {
    const id = String(req.params.id);
    const userId = personOf<Person>(req)._id;
    const mine = Types.ObjectId.isValid(id) ? await models.generations.findOne({ _id: id, userId }).lean() : null;
    if (!mine) throw nothingHere();
    return mine;
  }

  return router;
}

function present({ _id, prompt, kind, model, references, createdAt }: Creation) {
  return { id: String(_id), prompt, kind, model, createdAt, reference: references[0]?.kind };
}
