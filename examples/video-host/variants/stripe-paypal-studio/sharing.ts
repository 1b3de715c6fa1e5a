import { Router } from 'express';
import { newToken, tokenHash } from '../../src/account/token.ts';
import { signedIn } from '../../src/web/guards.ts';
import type { Creation } from './models.ts';
import { nothingHere, type Studio } from './studio.ts';
import { othersMaySee, owned, sendOutput } from './viewing.ts';

/** Sharing links. A link opens one image and nothing beside it, until its owner takes it back or the image goes. */
export function sharing(studio: Studio): Router {
  const { models, render, now } = studio;
  const router = Router();

  router.post('/videos/:id/links', signedIn, async (req, res) => {
    const { _id } = await owned(studio, req, String(req.params.id));
    const token = newToken('');
    await models.generations.updateOne(
      { _id },
      { $push: { links: { tokenHash: tokenHash(token), createdAt: now() } } },
    );
    res.set('cache-control', 'no-store').status(201);
    render(req, res, 'link', { title: 'Your sharing link', id: String(_id), path: `/s/${token}` });
  });

  router.post('/videos/:id/links/revoke', signedIn, async (req, res) => {
    const { _id } = await owned(studio, req, String(req.params.id));
    await models.generations.updateOne({ _id }, { links: [] });
    res.redirect(303, `/videos/${_id}`);
  });

  router.get('/s/:token', async (req, res) => {
    await shared(req.params.token);
    // A page that only those who have the link know is listed nowhere.
    res.set({ 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    render(req, res, 'shared', { title: 'Shared with you', token: req.params.token });
  });

  router.get('/s/:token/image', async (req, res) => {
    const creation = await shared(req.params.token);
    await sendOutput(studio, res.set('x-robots-tag', 'noindex'), creation, 'image');
  });

  async function shared(token: string): Promise<Creation> {
    const creation = await models.generations.findOne({ 'links.tokenHash': tokenHash(token) }).lean();
    if (!creation || !(await othersMaySee(studio, creation, 'link'))) throw nothingHere();
    return creation;
  }

  return router;
}
