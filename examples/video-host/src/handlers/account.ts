import { holdsCardNumber } from '@kept/core';
import { type Request, type Response, Router } from 'express';
import { newApiKey, rotateApiKey } from '../account/apiKeys.ts';
import { buyCredits } from '../account/buyCredits.ts';
import { closeAccount } from '../account/closeAccount.ts';
import { creditsOf } from '../account/credit.ts';
import { creditPacks } from '../account/simulatedCreem.ts';
import type { Host } from '../host.ts';
import { cleanPicture } from '../media/cleanPicture.ts';
import { textOf, uploadOf } from '../web/formBody.ts';
import { personOf, signedIn } from '../web/guards.ts';
import { Refusal } from '../web/refusal.ts';
import { signOut } from '../web/sessions.ts';

/** The account page: profile, API keys, credits, payments, privacy, closing. */
export function account(host: Host): Router {
  const { models, media, render } = host;
  const router = Router();
  router.use('/account', signedIn);

  router.get('/account', (req, res) => show(req, res));

  router.post('/account/profile', async (req, res) => {
    const name = textOf(req, 'name');
    if (name === '' || name.length > 80) throw new Refusal(422, 'Please give a name of at most 80 letters.');
    await models.users.updateOne({ _id: personOf(req)._id }, { name });
    res.redirect(303, '/account');
  });

  router.post('/account/avatar', async (req, res) => {
    const person = personOf(req);
    const { kind, bytes } = cleanPicture(uploadOf(req, 'picture'));
    const key = `avatars/${person.id}.${kind}`;
    await media.put(key, bytes);
    await models.users.updateOne({ _id: person._id }, { avatar: key });
    if (person.avatar && person.avatar !== key) await media.remove([person.avatar]);
    res.redirect(303, '/account');
  });

  router.post('/account/keys', async (req, res) => {
    const newKey = await newApiKey(host, personOf(req), textOf(req, 'name'));
    await show(req, res.set('cache-control', 'no-store'), { newKey });
  });

  router.post('/account/keys/:id/rotate', async (req, res) => {
    const newKey = await rotateApiKey(host, personOf(req), req.params.id);
    await show(req, res.set('cache-control', 'no-store'), { newKey });
  });

  router.post('/account/credits', async (req, res) => {
    const given = Object.values((req.body ?? {}) as Record<string, unknown>);
    if (given.some((value) => holdsCardNumber(String(value)))) {
      throw new Refusal(422, 'Please never send us a card number. Creem takes it on its own page.');
    }
    await buyCredits(host, personOf(req), textOf(req, 'pack'));
    res.redirect(303, '/account');
  });

  router.post('/account/close', async (req, res) => {
    await closeAccount(host, personOf(req));
    await signOut(host, req, res);
    res.redirect(303, '/');
  });

  async function show(req: Request, res: Response, extra: { newKey?: string } = {}): Promise<void> {
    const { _id: userId, name, email, country, avatar, identities } = personOf(req);
    const [keys, payments, credits] = await Promise.all([
      models.apiKeys.find({ userId }).sort({ createdAt: 1 }).lean(),
      models.payments.find({ userId }).sort({ paidAt: -1 }).lean(),
      creditsOf(host, userId),
    ]);
    const calls = await models.apiLogs.countDocuments({ keyId: { $in: keys.map((key) => key._id) } });
    render(req, res, 'account', {
      title: 'Account',
      profile: {
        name,
        email,
        country,
        hasAvatar: Boolean(avatar),
        identities: identities.map(({ provider, email }) => ({ provider, email })),
      },
      keys: keys.map(({ _id, ...key }) => ({ ...key, id: String(_id) })),
      packs: Object.entries(creditPacks).map(([id, pack]) => ({ id, ...pack })),
      payments,
      credits,
      calls,
      ...extra,
    });
  }

  return router;
}
