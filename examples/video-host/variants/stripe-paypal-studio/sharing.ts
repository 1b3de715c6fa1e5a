import { type Request, Router } from 'express';
import { personOf, signedIn } from '../../src/web/guards.ts';
import type { Person } from './models.ts';
import { asRefusal, nothingHere, type Studio } from './studio.ts';
import { owned, sendOutput } from './viewing.ts';

const collection = 'generations';

/** Sharing links. Kept keeps them: one opens a single image and nothing beside it, until it is taken back or the image goes. */
export function sharing(studio: Studio): Router {
  const { kept, models, render } = studio;
  const router = Router();

  router.post('/videos/:id/links', signedIn, async (req, res) => {
    const link = { ...(await ownRecord(req)), part: { fields: ['outputs[].file'] } };
    const { token } = await kept.links.create(link).catch(asRefusal);
    res.set('cache-control', 'no-store').status(201);
    render(req, res, 'link', { title: 'Your sharing link', id: link.record, path: `/s/${token}` });
  });

  router.post('/videos/:id/links/revoke', signedIn, async (req, res) => {
    const { subject, ...of } = await ownRecord(req);
    await kept.links.revokeAll(subject, of);
    res.redirect(303, `/videos/${of.record}`);
  });

  router.get('/s/:token', async (req, res) => {
    const { record } = await kept.links.open(req.params.token, req.ip).catch(asRefusal);
    const creation = await models.generations.findById(record, { outputs: 1 }).lean();
    if (!creation) throw nothingHere();
    // What only those know who have the link is listed nowhere.
    res.set({ 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' });
    await sendOutput(studio, res, creation, 'image');
  });

  async function ownRecord(req: Request): Promise<{ subject: string; collection: string; record: string }> {
    const { _id } = await owned(studio, req, String(req.params.id));
    return { subject: personOf<Person>(req).id, collection, record: String(_id) };
  }

  return router;
}

/** How many links lead to each of a person's images now, by the image's id. */
export async function openLinks({ kept }: Pick<Studio, 'kept'>, subject: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { state, record } of await kept.links.of(subject))
    if (state === 'open') counts.set(record, (counts.get(record) ?? 0) + 1);
  return counts;
}
