import { isKeptError } from '@kept/core';
import { type Request, type Response, Router } from 'express';
import { credit } from '../../src/account/credit.ts';
import { passwordHash, passwordMatches } from '../../src/account/passwordHash.ts';
import { simulatedIdentityProvider, simulatedProviders } from '../../src/account/simulatedIdentityProvider.ts';
import { renderPicture } from '../../src/media/renderClip.ts';
import { textOf } from '../../src/web/formBody.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { signIn, signOut } from '../../src/web/sessions.ts';
import { noteDevice } from './deviceLog.ts';
import { adoptVisit } from './firstVisit.ts';
import type { Person, Source } from './models.ts';
import type { Site } from './site.ts';

const welcomeCredits = 10;

/** Signing up, in and out: by password, or by the simulated identity provider. */
export function door(site: Site): Router {
  const { models, media, render, now } = site;
  const router = Router();

  router.get('/sign-up', (req, res) => render(req, res, 'signUp', { title: 'Sign up', providers: simulatedProviders }));

  router.post('/sign-up', async (req, res) => {
    await demandAge(site, textOf(req, 'birthYear'));
    const [email, name, password] = [textOf(req, 'email').toLowerCase(), textOf(req, 'name'), textOf(req, 'password')];
    if (!/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email))
      throw new Refusal(422, 'Please give a whole email address.');
    demandName(name);
    if (password.length < 10) throw new Refusal(422, 'Please choose a password of at least 10 characters.');
    const person = await open(site, {
      email,
      name,
      sources: { email: 'direct', name: 'direct' },
      passwordHash: await passwordHash(password),
    });
    await adoptVisit(site, req, person._id);
    await enter(req, res, person, '/create');
  });

  router.get('/sign-up/provider', (req, res) => {
    const provider = providerNamed(String(req.query.provider));
    render(req, res, 'provider', { title: 'Simulated identity provider', provider });
  });

  router.post('/sign-up/provider', async (req, res) => {
    const provider = providerNamed(textOf(req, 'provider'));
    const { providerId, email } = simulatedIdentityProvider(provider, textOf(req, 'email'));
    const identity = { provider, providerId, email };
    const known = await models.users.findOne({
      identities: { $elemMatch: { provider, providerId } },
      closedAt: null,
    });
    if (known) return enter(req, res, known, '/creations');

    await demandAge(site, textOf(req, 'birthYear'));
    const name = textOf(req, 'name');
    demandName(name);
    const sources = { email: provider, name: provider, avatar: provider };
    const person = await open(site, { email, name, sources, identities: [identity] });
    const avatar = `avatars/${person.id}.gif`;
    await media.put(avatar, renderPicture(`${provider} picture of ${providerId}`));
    await models.users.updateOne({ _id: person._id }, { avatar });
    await adoptVisit(site, req, person._id);
    await enter(req, res, person, '/create');
  });

  router.get('/sign-in', (req, res) => render(req, res, 'signIn', { title: 'Sign in', providers: simulatedProviders }));

  router.post('/sign-in', async (req, res) => {
    const person = await models.users.findOne({ email: textOf(req, 'email').toLowerCase(), closedAt: null });
    const right = await passwordMatches(textOf(req, 'password'), person?.passwordHash);
    if (!person || !right) throw new Refusal(401, 'Address and password do not go together.');
    await enter(req, res, person, '/creations');
  });

  router.post('/sign-out', async (req, res) => {
    await signOut(site, req, res);
    res.redirect(303, '/');
  });

  async function enter(req: Request, res: Response, person: Person, to: string): Promise<void> {
    await signIn(site, req, res, person);
    await noteDevice(site, req, person);
    res.redirect(303, to);
  }

  return router;

  async function open(
    { models }: Site,
    profile: Pick<Person, 'email' | 'name' | 'sources'> & Partial<Pick<Person, 'identities' | 'passwordHash'>>,
  ): Promise<Person> {
    const at = now();
    const person = await models.users
      .create({ ...profile, plan: 'free', planStatus: 'none', createdAt: at, seenAt: at })
      .catch((error: { code?: number }) => {
        throw error.code === 11000
          ? new Refusal(409, 'There is an account at this address already. Sign in instead.')
          : error;
      });
    await credit(site, person._id, { amount: welcomeCredits, reason: 'welcome' });
    return person;
  }
}

/** Nothing of the answer is kept, and the year neither. */
async function demandAge({ kept }: Site, year: string): Promise<void> {
  const birthYear = Number(year);
  const { outcome } = await kept.children.mayJoin({ birthYear }).catch((error: unknown) => {
    if (!isKeptError(error) || error.code !== 'NEWCOMER_INVALID') throw error;
    throw new Refusal(422, 'Please give the year you were born in.');
  });
  if (outcome !== 'permitted')
    throw new Refusal(403, `This is for people of ${kept.policy.children?.minimumAge ?? 18} years and more.`);
}

function demandName(name: string): void {
  if (name === '' || name.length > 80) throw new Refusal(422, 'Please give a name of at most 80 letters.');
}

function providerNamed(name: string): Exclude<Source, 'direct'> {
  if (!simulatedProviders.includes(name)) throw new Refusal(404, 'There is no such provider.');
  return name as Exclude<Source, 'direct'>;
}
