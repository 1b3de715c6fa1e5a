import { type Request, type Response, Router } from 'express';
import { creditsOf } from '../../src/account/credit.ts';
import { textOf, uploadOf } from '../../src/web/formBody.ts';
import { personOf, signedIn } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { signOut } from '../../src/web/sessions.ts';
import { noteDevice } from './deviceLog.ts';
import type { Person } from './models.ts';
import { currency, offers } from './orders.ts';
import { noteUse, type Site } from './site.ts';
import { cleanUpload, mimeOfKey } from './upload.ts';

/** The account: profile with the source of each item, plan, orders, the country of one's rights, closing. */
export function account(site: Site): Router {
  const { models, media, render, now } = site;
  const router = Router();
  router.use('/account', signedIn);

  router.get('/account', (req, res) => show(req, res));

  router.get('/account/avatar', async (req, res) => {
    const { avatar } = personOf<Person>(req);
    if (!avatar || !(await media.has(avatar))) throw new Refusal(404, 'There is no picture.');
    res.set({ 'content-type': mimeOfKey(avatar), 'cache-control': 'private, no-store' });
    for await (const chunk of await media.read(avatar)) res.write(chunk);
    res.end();
  });

  router.post('/account/profile', async (req, res) => {
    const name = textOf(req, 'name');
    if (name === '' || name.length > 80) throw new Refusal(422, 'Please give a name of at most 80 letters.');
    await change(req, res, { name, 'sources.name': 'direct' });
  });

  router.post('/account/avatar', async (req, res) => {
    const person = personOf<Person>(req);
    const picture = uploadOf(req, 'picture');
    const clean = picture && cleanUpload(picture);
    if (clean?.kind !== 'image') throw new Refusal(415, 'Please give a picture.');
    const avatar = `avatars/${person.id}.${clean.ending}`;
    await media.put(avatar, clean.bytes);
    if (person.avatar && person.avatar !== avatar) await media.remove([person.avatar]);
    await change(req, res, { avatar, 'sources.avatar': 'direct' });
  });

  router.post('/account/country', async (req, res) => {
    const country = textOf(req, 'country').toUpperCase();
    if (country !== '' && !/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(country))
      throw new Refusal(422, 'Please give a country as FR, or a state as US-CA; or leave it empty.');
    await change(req, res, country === '' ? { $unset: { country: 1 } } : { country });
  });

  router.post('/account/close', async (req, res) => {
    const { _id } = personOf<Person>(req);
    await models.users.updateOne({ _id, closedAt: null }, { closedAt: now() });
    await models.sessions.deleteMany({ userId: _id });
    await noteDevice(site, req, { _id });
    await signOut(site, req, res);
    res.redirect(303, '/');
  });

  async function change(req: Request, res: Response, update: object): Promise<void> {
    const person = personOf<Person>(req);
    await models.users.updateOne({ _id: person._id }, update);
    await noteUse(site, person, 'settings');
    res.redirect(303, '/account');
  }

  async function show(req: Request, res: Response): Promise<void> {
    const person = personOf<Person>(req).toObject();
    const { _id: userId, name, email, avatar, country, sources, plan, planStatus, planEndsAt } = person;
    render(req, res, 'account', {
      title: 'Account',
      profile: { name, email, hasAvatar: Boolean(avatar), country: country ?? '', sources },
      plan: { name: plan, status: planStatus, endsAt: planEndsAt },
      credits: await creditsOf(site, userId),
      orders: await models.orders.find({ userId }).sort({ paidAt: -1 }).lean(),
      offers: Object.entries(offers).map(([id, offer]) => ({ id, currency, ...offer })),
    });
  }

  return router;
}
