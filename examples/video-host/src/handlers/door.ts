import { Router } from 'express';
import { passwordHash, passwordMatches } from '../account/passwordHash.ts';
import { signUp } from '../account/signUp.ts';
import { simulatedIdentityProvider, simulatedProviders } from '../account/simulatedIdentityProvider.ts';
import type { Host } from '../host.ts';
import { textOf } from '../web/formBody.ts';
import { visitorOf } from '../web/guards.ts';
import { Refusal } from '../web/refusal.ts';
import { signIn, signOut } from '../web/sessions.ts';

/** Signing up, in and out: by password, or by the simulated identity provider. */
export function door(host: Host): Router {
  const { models, render } = host;
  const router = Router();

  router.get('/sign-up', (req, res) => render(req, res, 'signUp', { title: 'Sign up', providers: simulatedProviders }));

  router.post('/sign-up', async (req, res) => {
    const password = textOf(req, 'password');
    if (password.length < 10) throw new Refusal(422, 'Please choose a password of at least 10 characters.');
    const person = await signUp(host, {
      email: textOf(req, 'email').toLowerCase(),
      name: textOf(req, 'name'),
      country: textOf(req, 'country').toUpperCase(),
      birthYear: Number(textOf(req, 'birthYear')),
      passwordHash: await passwordHash(password),
    });
    await signIn(host, req, res, person);
    res.redirect(303, '/create');
  });

  router.get('/sign-up/provider', (req, res) => {
    const provider = providerNamed(String(req.query.provider));
    render(req, res, 'provider', { title: 'Simulated identity provider', provider });
  });

  router.post('/sign-up/provider', async (req, res) => {
    const provider = providerNamed(textOf(req, 'provider'));
    const identity = simulatedIdentityProvider(provider, textOf(req, 'email'));
    const known = await models.users.findOne({
      identities: { $elemMatch: { provider, providerId: identity.providerId } },
      closedAt: null,
    });
    const visitor = visitorOf(req);
    if (visitor && !known) {
      await models.users.updateOne({ _id: visitor._id }, { $push: { identities: identity } });
      return res.redirect(303, '/account');
    }
    const person =
      known ??
      (await signUp(host, {
        email: identity.email,
        name: textOf(req, 'name'),
        country: textOf(req, 'country').toUpperCase(),
        birthYear: Number(textOf(req, 'birthYear')),
        identity,
      }));
    await signIn(host, req, res, person);
    res.redirect(303, '/create');
  });

  router.get('/sign-in', (req, res) => render(req, res, 'signIn', { title: 'Sign in', providers: simulatedProviders }));

  router.post('/sign-in', async (req, res) => {
    const person = await models.users.findOne({ email: textOf(req, 'email').toLowerCase(), closedAt: null });
    const right = await passwordMatches(textOf(req, 'password'), person?.passwordHash);
    if (!person || !right) throw new Refusal(401, 'Address and password do not go together.');
    await signIn(host, req, res, person);
    res.redirect(303, '/videos');
  });

  router.post('/sign-out', async (req, res) => {
    await signOut(host, req, res);
    res.redirect(303, '/');
  });

  return router;
}

function providerNamed(name: string): string {
  if (!simulatedProviders.includes(name)) throw new Refusal(404, 'There is no such provider.');
  return name;
}
