import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { bytesOf, type Media } from '../../../examples/video-host/src/media/media.ts';
import { variant } from '../../../examples/video-host/variants/seedance25/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedance25/models.ts';
import { filmMade } from '../../media/filmMade.ts';
import { id3, plainMp3 } from '../../media/soundsMade.ts';
import { picture } from '../scene.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

let the: VariantScene;
let models: Models;
beforeAll(async () => {
  the = await openVariant(variant);
  models = modelsOn(the.connection);
});
afterAll(() => the.close());

const from = (country: string) => ({ 'x-country': country, referer: 'https://search.example/results?q=films' });

async function personAt(email: string) {
  const person = await models.users.findOne({ email }).lean();
  if (!person) throw new Error(`Nobody signed up at ${email}`);
  return person;
}

function byProvider(name: string, year = '1990', provider = 'google') {
  return { provider, email: `${name.toLowerCase()}@example.net`, name, birthYear: year };
}

describe('the door', () => {
  test('nobody who may be under 18 gets in, by neither way, and nothing is stored of them', async () => {
    const young = { name: 'Lou Young', email: 'lou@example.net', password: 'a long enough one' };
    // In March 2026 somebody born in 2008 may still be 17.
    for (const birthYear of ['2015', '2009', '2008']) {
      await request(the.app)
        .post('/sign-up')
        .type('form')
        .send({ ...young, birthYear })
        .expect(403);
      await request(the.app).post('/sign-up/provider').type('form').send(byProvider('Lou', birthYear)).expect(403);
    }
    expect(await the.placesOf('lou@example.net', 'Lou Young')).toEqual([]);
    await request(the.app)
      .post('/sign-up')
      .type('form')
      .send({ ...young, birthYear: '2007' })
      .expect(303);
    expect(await the.placesOf('2007')).toEqual([]);
  });

  test('each item of a profile says where it came from, and says so anew when the person changes it (part of seedance25.collects.account)', async () => {
    const browser = request.agent(the.app);
    await browser
      .post('/sign-up/provider')
      .type('form')
      .send(byProvider('Mia', '1990', 'github'))
      .expect(303);
    const mia = () => personAt('mia@example.net');
    expect((await mia()).sources).toEqual({ email: 'github', name: 'github', avatar: 'github' });
    await browser.post('/account/profile').type('form').send({ name: 'Mia L' }).expect(303);
    await browser.post('/account/avatar').attach('picture', picture, { filename: 'me.png' }).expect(303);
    expect((await mia()).sources).toEqual({ email: 'github', name: 'direct', avatar: 'direct' });
    expect((await browser.get('/account').expect(200)).text).toContain(
      'address: github; name: direct; picture: direct',
    );
    const direct = await models.users.findById(the.protagonist.id).lean();
    expect(direct?.sources).toEqual({ email: 'direct', name: 'direct' });
  });

  test('a bad address, a short password, no name, a taken address and an unknown provider are refused as such', async () => {
    const good = { name: 'Nia', email: 'nia@example.net', password: 'a long enough one', birthYear: '1990' };
    const post = (change: object) =>
      request(the.app)
        .post('/sign-up')
        .type('form')
        .send({ ...good, ...change });
    await post({ email: 'nia' }).expect(422);
    await post({ password: 'short' }).expect(422);
    await post({ name: '' }).expect(422);
    await post({ birthYear: 'long ago' }).expect(422);
    await post({ email: the.protagonist.email }).expect(409);
    await request(the.app)
      .post('/sign-up/provider')
      .type('form')
      .send(byProvider('Nia', '1990', 'myspace'))
      .expect(404);
    expect(await the.placesOf('nia@example.net')).toEqual([]);
  });

  test('from which device somebody came is written by its kind, with the country of the address', async () => {
    const agent =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604';
    const { email, password } = the.protagonist;
    await request(the.app)
      .post('/sign-in')
      .set({ ...from('FR'), 'user-agent': agent })
      .type('form')
      .send({ email, password })
      .expect(303);
    const lines = await models.deviceLogs.find({ userId: the.protagonist.id, at: the.clock.now() }).lean();
    expect(lines).toMatchObject([{ device: 'phone', system: 'iOS', browser: 'Safari', region: 'FR' }]);
  });
});

describe('creating', () => {
  test('what is made is in the history of its maker with what was given for it, and nobody else sees it (part of seedance25.collects.generation)', async () => {
    const browser = request.agent(the.app);
    await browser.post('/sign-up/provider').type('form').send(byProvider('Oda')).expect(303);
    const made = await browser
      .post('/creations')
      .field({ prompt: 'A kite over the fields', kind: 'video' })
      .attach('reference', picture, { filename: 'me.png' })
      .expect(303);
    const place = String(made.headers.location);
    expect((await browser.get('/creations').expect(200)).text).toContain('A kite over the fields');
    await browser.get(`${place}/output`).expect('content-type', 'image/gif').expect(200);
    await browser.get(`${place}/reference`).expect('content-type', 'image/png').expect(200);

    const stranger = request.agent(the.app);
    await stranger.post('/sign-up/provider').type('form').send(byProvider('Pia')).expect(303);
    for (const path of [place, `${place}/output`, `${place}/reference`]) await stranger.get(path).expect(404);
    await request(the.app).get(place).expect(303).expect('location', '/sign-in');
  });

  test('a film and a sound may be given, and nothing that cannot be cleaned of what it tells beside its content', async () => {
    const browser = request.agent(the.app);
    await browser.post('/sign-up/provider').type('form').send(byProvider('Qi')).expect(303);
    const send = (bytes: Buffer) =>
      browser.post('/creations').field({ prompt: 'A kite', kind: 'image' }).attach('reference', bytes, 'x');
    await send(filmMade({ planted: 'made by Qi' }).bytes).expect(303);
    await send(Buffer.concat([id3('made by Qi'), plainMp3()])).expect(303);
    const given = await models.generations.find({ userId: (await personAt('qi@example.net'))._id }).lean();
    expect(given.map(({ references }) => references[0]?.kind)).toEqual(['video', 'audio']);
    for (const { references } of given) {
      const stored = await bytesOf(the.media as Media, references[0]?.file ?? '');
      expect([stored.length > 0, stored.includes('made by Qi')]).toEqual([true, false]);
    }
    await send(filmMade().bytes.subarray(0, 200)).expect(415);
    await send(Buffer.from('OggS a song of sixteen letters')).expect(415);
    await send(Buffer.from('%PDF-1.7')).expect(415);
    await browser.post('/creations').field({ prompt: 'A kite', kind: 'hologram' }).expect(422);
    await browser.post('/creations').field({ prompt: '', kind: 'image' }).expect(422);
  });

  test('a person whose processing is restricted has nothing handed to the provider, and pays nothing', async () => {
    const browser = request.agent(the.app);
    await browser.post('/sign-up/provider').type('form').send(byProvider('Ria')).expect(303);
    const ria = await personAt('ria@example.net');
    const subject = String(ria._id);
    const hold = await the.kept.holds.place({ kind: 'restriction', subject, ground: 'asked for', by: 'lead' });
    await browser.post('/creations').field({ prompt: 'A boat', kind: 'video' }).expect(403);
    expect(await models.generations.countDocuments({ userId: ria._id })).toBe(0);
    expect(await models.creditEntries.countDocuments({ userId: ria._id })).toBe(1);
    await the.kept.holds.lift(hold, 'lead');
    await browser.post('/creations').field({ prompt: 'A boat', kind: 'video' }).expect(303);
  });

  test('an order leaves references and no card, and a confirmation goes out', async () => {
    const browser = request.agent(the.app);
    await browser.post('/sign-up/provider').type('form').send(byProvider('Sia')).expect(303);
    await browser.post('/orders').type('form').send({ offer: 'yacht' }).expect(422);
    await browser.post('/orders').type('form').send({ offer: 'monthly' }).expect(303);
    const sia = await personAt('sia@example.net');
    expect(sia).toMatchObject({ plan: 'monthly', planStatus: 'active' });
    expect(await models.orders.find({ userId: sia._id }).lean()).toMatchObject([{ amount: 2400, status: 'paid' }]);
    expect(the.mailer.sent.some(({ to, text }) => to === 'sia@example.net' && text.includes('Monthly plan'))).toBe(
      true,
    );
  });
});
