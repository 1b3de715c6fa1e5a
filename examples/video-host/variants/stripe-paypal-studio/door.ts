import { Router } from 'express';
import { passwordHash, passwordMatches } from '../../src/account/passwordHash.ts';
import { textOf } from '../../src/web/formBody.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { signIn, signOut } from '../../src/web/sessions.ts';
import type { Studio } from './studio.ts';

/** Signing up, in and out, with an address, a name and a password: nothing else is asked. */
export function door(studio: Studio): Router {
  const { kept, models, render, now } = studio;
  const router = Router();

  router.get('/sign-up', (req, res) => render(req, res, 'signUp', { title: 'Sign up' }));

  router.post('/sign-up', async (req, res) => {
    const [email, name, password] = [textOf(req, 'email').toLowerCase(), textOf(req, 'name'), textOf(req, 'password')];
    if (!/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email))
      throw new Refusal(422, 'Please give a whole email address.');
    if (name === '' || name.length > 60) throw new Refusal(422, 'Please give a name of at most 60 letters.');
    if (password.length < 10) throw new Refusal(422, 'Please choose a password of at least 10 characters.');
    // The notice names no age, so none is asked; a notice that names one shuts this door until the form asks.
    const { outcome } = await kept.children.mayJoin({});
    if (outcome !== 'permitted') throw new Refusal(403, 'You cannot open an account here.');
    const at = now();
    const account = { email, name, passwordHash: await passwordHash(password), plan: 'free' as const };
    const person = await models.users
      .create({ ...account, createdAt: at, seenAt: at })
      .catch((error: { code?: number }) => {
        throw error.code === 11000 ? new Refusal(409, 'There is an account at this address already.') : error;
      });
    await signIn(studio, req, res, person);
    res.redirect(303, '/create');
  });

  router.get('/sign-in', (req, res) => render(req, res, 'signIn', { title: 'Sign in' }));

  router.post('/sign-in', async (req, res) => {
    const person = await models.users.findOne({ email: textOf(req, 'email').toLowerCase(), closedAt: null });
    const right = await passwordMatches(textOf(req, 'password'), person?.passwordHash);
    if (!person || !right) throw new Refusal(401, 'Address and password do not go together.');
    await signIn(studio, req, res, person);
    res.redirect(303, '/videos');
  });

  router.post('/sign-out', async (req, res) => {
    await signOut(studio, req, res);
    res.redirect(303, '/');
  });

  return router;
}
