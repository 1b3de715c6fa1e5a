import { type Request, Router } from 'express';
import { textOf, uploadOf } from '../../src/web/formBody.ts';
import { personOf, signedIn } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { goesOn } from './goesOn.ts';
import { dailyLimit, makeCreation, styles, type Wish } from './makeCreation.ts';
import type { Creation, Person } from './models.ts';
import { openLinks } from './sharing.ts';
import type { Studio } from './studio.ts';
import { openToAll, owned, sendOutput, visible } from './viewing.ts';

/** The gallery, making an image, and what its owner may do with it. */
export function creations(studio: Studio): Router {
  const { kept, models, media, render } = studio;
  const router = Router();

  router.get('/', async (req, res) => {
    const open = await openToAll(studio);
    const items = open.map(({ _id, createdAt }) => ({ id: String(_id), createdAt }));
    render(req, res, 'gallery', { title: 'Gallery', items });
  });

  router.get('/videos', signedIn, async (req, res) => {
    const person = personOf<Person>(req);
    const mine = await models.generations.find({ userId: person._id }).sort({ createdAt: -1 }).limit(100).lean();
    const links = await openLinks(studio, person.id);
    const items = mine.map((each) => present(each, person, links));
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
    const { shown, mine } = await visible(studio, req, req.params.id);
    const person = mine && personOf<Person>(req);
    const item = person
      ? present(mine, person, await openLinks(studio, person.id))
      : { id: String(shown._id), createdAt: shown.createdAt };
    render(req, res, 'video', { title: 'Image', item, isMine: Boolean(mine) });
  });

  router.get('/media/:id/:part', async (req, res) => {
    const { shown } = await visible(studio, req, req.params.id);
    await sendOutput(studio, res, shown, req.params.part);
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
    await kept.links.revokeAll(personOf<Person>(req).id, { collection: 'generations', record: String(_id) });
    await models.generations.deleteOne({ _id });
    await media.remove(outputs.map(({ file }) => file));
    res.redirect(303, '/videos');
  });

  function present(creation: Creation, person: Person, links: ReadonlyMap<string, number>): object {
    const { _id, prompt, options, createdAt, visibility } = creation;
    return {
      id: String(_id),
      prompt,
      style: options.style,
      createdAt,
      isPublic: visibility === 'public',
      links: links.get(String(_id)) ?? 0,
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
