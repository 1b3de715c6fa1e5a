import { holdsCardNumber } from '@kept/core';
import { type Request, Router } from 'express';
import { Types } from 'mongoose';
import { passwordHash, passwordMatches } from '../../src/account/passwordHash.ts';
import { textOf } from '../../src/web/formBody.ts';
import { visitorOf } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { note } from './activities.ts';
import { forget, guestOf, moveHere } from './devices.ts';
import { demandPermitted, type Editor } from './editor.ts';
import type { GuestDocument } from './models.ts';
import { ownTerminal } from './ownTerminal.ts';

export const premium = { amount: 1200, currency: 'EUR' } as const;

/** What a guest may leave beside images: an address, a country, an account, and with that a plan. */
export function account(editor: Editor): Router {
  const { models, render, now } = editor;
  const router = Router();

  router.get('/account', async (req, res) => {
    const guest = visitorOf<GuestDocument>(req);
    const payments = guest ? await models.payments.find({ visitorId: guest._id }).sort({ paidAt: -1 }).lean() : [];
    const { email, country, account: own } = guest?.toObject() ?? {};
    const isMember = own?.state === 'open';
    render(req, res, 'account', {
      title: 'Account',
      email,
      country,
      ...(isMember && { account: own, isPremium: own.plan === 'premium' }),
      premium,
      payments,
    });
  });

  router.post('/contact', async (req, res) => {
    const email = textOf(req, 'email').toLowerCase();
    const country = textOf(req, 'country').toUpperCase();
    if (email !== '') demandAddress(email);
    if (country !== '' && !/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(country))
      throw new Refusal(422, 'Please give the country as two letters, with the state where you like, such as US-VA.');
    const guest = await guestOf(editor, req, res);
    const left = { ...(email && { email }), ...(country && { country }) };
    const taken = () => new Refusal(409, 'There is an account at this address. Sign in instead.');
    await models.visitors.updateOne({ _id: guest._id }, left).catch(duplicateAs(taken));
    res.redirect(303, '/account');
  });

  router.post('/account', async (req, res) => {
    const [email, name, password] = [textOf(req, 'email').toLowerCase(), textOf(req, 'name'), textOf(req, 'password')];
    demandAddress(email);
    if (name === '' || name.length > 80) throw new Refusal(422, 'Please give a name of at most 80 letters.');
    if (password.length < 10) throw new Refusal(422, 'Please choose a password of at least 10 characters.');
    await refuseCards(editor, req);
    const guest = await guestOf(editor, req, res);
    if (guest.name) throw new Refusal(409, 'There is an account already.');
    const own = { name, passwordHash: await passwordHash(password), state: 'open', openedAt: now(), plan: 'free' };
    const taken = () => new Refusal(409, 'There is an account at this address already. Sign in instead.');
    await models.visitors.updateOne({ _id: guest._id }, { email, account: own }).catch(duplicateAs(taken));
    await moveHere(editor, req, res, guest);
    res.redirect(303, '/account');
  });

  router.get('/sign-in', (req, res) => render(req, res, 'signIn', { title: 'Sign in' }));

  router.post('/sign-in', async (req, res) => {
    const member = await models.visitors.findOne({
      email: textOf(req, 'email').toLowerCase(),
      'account.state': 'open',
    });
    const right = await passwordMatches(textOf(req, 'password'), member?.account?.passwordHash);
    if (!member || !right) throw new Refusal(401, 'Address and password do not go together.');
    await moveHere(editor, req, res, member);
    res.redirect(303, '/creations');
  });

  router.post('/sign-out', async (req, res) => {
    await forget(editor, res, memberOf(req));
    res.redirect(303, '/');
  });

  router.post('/account/plan', async (req, res) => {
    const member = memberOf(req);
    await refuseCards(editor, req);
    const billingAddress = textOf(req, 'billingAddress');
    if (billingAddress === '' || billingAddress.length > 300)
      throw new Refusal(422, 'Please give the address for the invoice, in at most 300 letters.');
    if (member.account?.plan === 'premium') throw new Refusal(409, 'The plan is premium already.');
    const question = { subject: member.id, purpose: 'service.payment', category: 'payment.reference' };
    await demandPermitted(editor, question, { status: 403, what: 'Nothing was charged' });

    const _id = new Types.ObjectId();
    const country = (member.country ?? 'AT').slice(0, 2);
    const payment = { _id, visitorId: member._id, ...ownTerminal(String(_id)), ...premium, country, paidAt: now() };
    await models.payments.create(payment);
    const bought = { 'account.plan': 'premium', 'account.billingAddress': billingAddress };
    await models.visitors.updateOne({ _id: member._id }, bought);
    await note(editor, req, member, 'plan');
    res.redirect(303, '/account');
  });

  router.post('/account/close', async (req, res) => {
    const member = memberOf(req);
    const closed = { 'account.state': 'closed', 'account.closedAt': now() };
    await models.visitors.updateOne({ _id: member._id }, closed);
    await forget(editor, res, member);
    res.redirect(303, '/');
  });

  return router;
}

function memberOf(req: Request): GuestDocument {
  const guest = visitorOf<GuestDocument>(req);
  if (!guest?.name) throw new Refusal(401, 'Please sign in first.');
  return guest;
}

/** A card number in any field: the policy is asked, says no, and nothing of the form is kept. */
async function refuseCards(editor: Editor, req: Request): Promise<void> {
  const given = Object.values((req.body ?? {}) as Record<string, unknown>);
  if (!given.some((value) => holdsCardNumber(String(value)))) return;
  const subject = visitorOf<GuestDocument>(req)?.id ?? 'nobody';
  const refusal = { status: 422, what: 'Please never send us a card number' };
  await demandPermitted(editor, { subject, purpose: 'service.payment', category: 'payment.card' }, refusal);
  throw new Refusal(422, refusal.what);
}

function demandAddress(email: string): void {
  if (!/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email)) throw new Refusal(422, 'Please give a whole email address.');
}

const duplicateAs =
  (refusal: () => Refusal) =>
  (error: { code?: number }): never => {
    throw error.code === 11000 ? refusal() : error;
  };
