import { type Request, Router } from 'express';
import { textOf, uploadOf } from '../../src/web/formBody.ts';
import { personOf, signedIn } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { goesOn } from './goesOn.ts';
import { dailyLimit, makeCreation, styles, type Wish } from './makeCreation.ts';
import type { Creation, Person } from './models.ts';
import type { Studio } from './studio.ts';
import { othersMaySee, owned, sendOutput, visible } from './viewing.ts';

/** The gallery, making an image, and what its owner may do with it. */
export function creations(studio: Studio): Router {
  const { models, media, render } = studio;
  const router = Router();

  router.get('/', async (req, res) => {
    const open = await models.generations.find({ visibility: 'public' }).sort({ createdAt: -1 }).limit(24).lean();
    const shown = await Promise.all(open.map((each) => othersMaySee(studio, each, 'public')));
    const items = open.filter((_, at) => shown[at]).map(({ _id, createdAt }) => ({ id: String(_id), createdAt }));
    render(req, res, 'gallery', { title: 'Gallery', items });
  });

  router.get('/videos', signedIn, async (req, res) => {
    const person = personOf<Person>(req);
    const mine = await models.generations.find({ userId: person._id }).sort({ createdAt: -1 }).limit(100).lean();
    const items = mine.map((each) => present(each, person));
    render(req, res, 'videos', { title: 'My images', items, downgradedAt: person.downgradedAt });
  });

  router.get('/create', signedIn, async (req, res) => {
    const { _id: userId, plan } = personOf<Person>(req);
    const uploads = await models.uploads.find({ userId }).sort({ createdAt: -1 }).limit(20).lean();
    const given = uploads.map(({ _id, createdAt, type, size }) => ({ id: String(_id), createdAt, type, size }));
    render(req, res, 'create', { title: 'Create', styles, uploads: given, plan, limit: dailyLimit[plan] });
  });

  router.post('/generations', signedIn, async (req, res) => {
    const made = await makeCreation(studio, personOf<Person>(req), wishOf(req));
    res.redirect(303, `/videos/${made._id}`);
  });

  router.get('/videos/:id', async (req, res) => {
    const { creation, isMine } = await visible(studio, req, req.params.id);
    const { _id, createdAt } = creation;
    const item = isMine ? present(creation, personOf<Person>(req)) : { id: String(_id), createdAt };
    render(req, res, 'video', { title: 'Image', item, isMine });
  });

  router.get('/media/:id/:part', async (req, res) => {
    const { creation } = await visible(studio, req, req.params.id);
    await sendOutput(studio, res, creation, req.params.part);
  });

  router.post('/videos/:id/visibility', signedIn, async (req, res) => {
    const { _id } = await owned(studio, req, String(req.params.id));
    const visibility = textOf(req, 'visibility');
    if (visibility !== 'public' && visibility !== 'private') throw new Refusal(422, 'An image is public or private.');
    await models.generations.updateOne({ _id }, { visibility });
    res.redirect(303, `/videos/${_id}`);
  });

  router.post('/videos/:id/delete', signedIn, async (req, res) => {
    const { _id, outputs } = await owned(studio, req, String(req.params.id));
    await models.generations.deleteOne({ _id });
    for (const { file } of outputs) await media.remove(file);
    res.redirect(303, '/videos');
  });

  function present(creation: Creation, person: Person): object {
    const { _id, prompt, options, createdAt, visibility, links } = creation;
    return {
      id: String(_id),
      prompt,
      style: options.style,
      createdAt,
      isPublic: visibility === 'public',
      links: links.length,
      goesOn: goesOn(studio, 'generations', creation, person),
    };
  }

  return router;
}

function wishOf(req: Request): Wish {
  const picture = uploadOf(req, 'picture');
  const upload = textOf(req, 'upload');
  const wish = { prompt: textOf(req, 'prompt'), style: textOf(req, 'style') || 'plain' };
  return { ...wish, ...(picture && { picture }), ...(upload && { upload }) };
}
