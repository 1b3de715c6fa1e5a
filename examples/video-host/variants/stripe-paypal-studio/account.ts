import { Router } from 'express';
import { closeAccount } from '../../src/account/closeAccount.ts';
import { textOf } from '../../src/web/formBody.ts';
import { personOf, signedIn } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { signOut } from '../../src/web/sessions.ts';
import type { Person } from './models.ts';
import { rememberTheme } from './preferences.ts';
import type { Studio } from './studio.ts';

/** The account page: name, payments, the theme, closing. Who looked at what stands on Kept's own page. */
export function account(studio: Studio): Router {
  const { models, render } = studio;
  const router = Router();

  router.get('/account', signedIn, async (req, res) => {
    const { _id: userId, name, email, plan } = personOf<Person>(req);
    const payments = await models.payments.find({ userId }).sort({ paidAt: -1 }).lean();
    render(req, res, 'account', { title: 'Account', profile: { name, email, plan }, payments });
  });

  router.post('/account/name', signedIn, async (req, res) => {
    const name = textOf(req, 'name');
    if (name === '' || name.length > 60) throw new Refusal(422, 'Please give a name of at most 60 letters.');
    await models.users.updateOne({ _id: personOf<Person>(req)._id }, { name });
    res.redirect(303, '/account');
  });

  router.post('/theme', (req, res) => {
    rememberTheme(res, textOf(req, 'theme'));
    res.redirect(303, '/account');
  });

  router.post('/account/close', signedIn, async (req, res) => {
    await closeAccount(studio, personOf<Person>(req));
    await signOut(studio, req, res);
    res.redirect(303, '/');
  });

  return router;
}
