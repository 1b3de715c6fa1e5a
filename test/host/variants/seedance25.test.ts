import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { variant } from '../../../examples/video-host/variants/seedance25/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedance25/models.ts';
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
const campaign = '/?utm_source=spring&utm_medium=email&utm_campaign=films';
const visits = () => models.firstVisits.find({ 'campaign.source': 'spring' }).sort({ at: 1 }).lean();

async function personAt(email: string) {
  const person = await models.users.findOne({ email }).lean();
  if (!person) throw new Error(`Nobody signed up at ${email}`);
  return person;
}

function byProvider(name: string, year = '1990', provider = 'google') {
  return { provider, email: `${name.toLowerCase()}@example.net`, name, birthYear: year };
}

describe('a first visit', () => {
  test('seedance25.collects.attribution: is written down once where silence is a yes, belongs to the account that follows, and serves one question', async () => {
    const before = (await visits()).length;
    const browser = request.agent(the.app);
    await browser.get(campaign).set(from('US-CA')).expect(200);
    const [first] = (await visits()).slice(before);
    expect(first).toMatchObject({
      referrer: 'https://search.example/results',
      campaign: { source: 'spring', medium: 'email', name: 'films' },
      country: 'US-CA',
      at: the.clock.now(),
    });
    expect(first?.userId).toBeUndefined();

    the.clock.forward({ minutes: 5 });
    await browser
      .get('/?utm_source=autumn')
      .set({ 'x-country': 'US-TX', referer: 'https://other.example/' })
      .expect(200);
    await browser.get('/sign-up').set(from('US-CA')).expect(200);
    expect((await visits()).slice(before)).toEqual([first]);
    expect(await models.firstVisits.countDocuments({ 'campaign.source': 'autumn' })).toBe(0);

    await browser.post('/sign-up/provider').type('form').send(byProvider('Iris')).expect(303);
    const iris = await personAt('iris@example.net');
    const { _id } = first ?? {};
    expect(await models.firstVisits.find({ userId: iris._id }).lean()).toEqual([{ ...first, userId: iris._id }]);
    await browser.get('/?utm_source=winter').set(from('US-CA')).expect(200);
    await request.agent(the.app).get('/').set(from('FR'));
    expect(await models.firstVisits.countDocuments({ userId: iris._id })).toBe(1);
    expect(String(_id)).toHaveLength(24);

    const asked = { subject: String(iris._id), category: 'usage.attribution', group: 100 };
    expect((await the.kept.decide({ ...asked, purpose: 'analytics.acquisition' })).outcome).toBe('permitted');
    const others = the.kept.policy.purposes.filter(({ name }) => !/^analytics\.acquisition|^legal\.rights/.test(name));
    for (const { name } of others)
      expect([name, (await the.kept.decide({ ...asked, purpose: name })).outcome]).toEqual([name, 'forbidden']);
  });

  test('seedance25.collects.cookies: the sign-in passes without consent; where the law asks first, nothing measures before a yes', async () => {
    const before = (await visits()).length;
    const browser = request.agent(the.app);
    for (const country of ['FR', 'KR', '']) {
      const page = await browser.get(campaign).set(from(country)).expect(200);
      expect(page.headers['set-cookie']).toBeUndefined();
      expect(page.text).toContain('action="/choices"');
    }
    expect((await visits()).length).toBe(before);

    const entered = await browser.post('/sign-up/provider').type('form').send(byProvider('Jan')).expect(303);
    expect(String(entered.headers['set-cookie'])).toContain('sid=');
    await browser.post('/sign-out').expect(303);

    const form = { analytics: 'yes', referrer: 'https://search.example/results', source: 'spring', back: '/sign-in' };
    const said = await browser.post('/choices').set(from('FR')).type('form').send(form).expect(303);
    expect(said.headers.location).toBe('/sign-in');
    expect(String(said.headers['set-cookie'])).toMatch(/choices=yes.*visit=/);
    expect((await visits()).slice(before)).toMatchObject([{ referrer: form.referrer, country: 'FR' }]);

    const undone = await browser.post('/choices').type('form').send({ analytics: 'no' }).expect(303);
    expect(String(undone.headers['set-cookie'])).toMatch(/visit=;/);
    expect((await visits()).length).toBe(before);
    const page = await browser.get(campaign).set(from('FR')).expect(200);
    expect([page.headers['set-cookie'], page.text.includes('action="/choices"')]).toEqual([undefined, false]);
  });

  test('a no in a state where silence is a yes is a no', async () => {
    const browser = request.agent(the.app);
    await browser.post('/choices').set(from('US-CA')).type('form').send({ analytics: 'no' }).expect(303);
    const before = (await visits()).length;
    expect((await browser.get(campaign).set(from('US-CA')).expect(200)).headers['set-cookie']).toBeUndefined();
    expect((await visits()).length).toBe(before);
  });

  test('what was said of cookies goes with the visitor into the account', async () => {
    const browser = request.agent(the.app);
    await browser.post('/choices').type('form').send({ analytics: 'yes' }).expect(303);
    await browser.post('/sign-up/provider').type('form').send(byProvider('Kim')).expect(303);
    const kim = await personAt('kim@example.net');
    expect(await the.kept.consents.history(String(kim._id))).toMatchObject([
      { flag: 'analytics-cookies', what: 'given' },
    ]);
    await browser.post('/choices').type('form').send({ analytics: 'no' }).expect(303);
    expect((await the.kept.consents.history(String(kim._id))).at(-1)).toMatchObject({ what: 'withdrawn' });
  });

  test('a choice that is neither, and a way back to elsewhere, lead nowhere', async () => {
    const browser = request.agent(the.app);
    await browser.post('/choices').type('form').send({ analytics: 'perhaps' }).expect(422);
    const away = { analytics: 'no', back: '//evil.example/' };
    await browser.post('/choices').type('form').send(away).expect(303).expect('location', '/');
  });
});

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

  test('each item of a profile says where it came from, and says so anew when the person changes it', async () => {
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
  test('what is made is in the history of its maker with what was given for it, and nobody else sees it', async () => {
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

  test('a film and a sound may be given, and nothing that is neither picture, film nor sound', async () => {
    const browser = request.agent(the.app);
    await browser.post('/sign-up/provider').type('form').send(byProvider('Qi')).expect(303);
    const send = (bytes: Buffer) =>
      browser.post('/creations').field({ prompt: 'A kite', kind: 'image' }).attach('reference', bytes, 'x');
    await send(Buffer.from('\0\0\0\x18ftypisom film')).expect(303);
    await send(Buffer.from('OggS a song')).expect(303);
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

  test('an order leaves references and no card, a confirmation goes out, and a card number is refused', async () => {
    const browser = request.agent(the.app);
    await browser.post('/sign-up/provider').type('form').send(byProvider('Sia')).expect(303);
    await browser.post('/orders').type('form').send({ offer: 'monthly', note: '4111 1111 1111 1111' }).expect(422);
    await browser.post('/orders').type('form').send({ offer: 'yacht' }).expect(422);
    await browser.post('/orders').type('form').send({ offer: 'monthly' }).expect(303);
    expect(await the.placesOf('4111')).toEqual([]);
    const sia = await personAt('sia@example.net');
    expect(sia).toMatchObject({ plan: 'monthly', planStatus: 'active' });
    expect(await models.orders.find({ userId: sia._id }).lean()).toMatchObject([{ amount: 2400, status: 'paid' }]);
    expect(the.mailer.sent.some(({ to, text }) => to === 'sia@example.net' && text.includes('Monthly plan'))).toBe(
      true,
    );
  });
});
