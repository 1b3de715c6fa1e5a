import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { variant } from '../../../examples/video-host/variants/seedance25/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedance25/models.ts';
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
const yes = { kind: 'analytics', what: 'give' };
const no = { kind: 'analytics', what: 'withdraw' };
const unescaped = (html: string): string => html.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
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
      expect(page.text).toContain('aria-label="Cookies"');
    }
    expect((await visits()).length).toBe(before);

    const entered = await browser.post('/sign-up/provider').type('form').send(byProvider('Jan')).expect(303);
    expect(String(entered.headers['set-cookie'])).toContain('sid=');
    await browser.post('/sign-out').expect(303);

    const asking = await browser.get(campaign).set(from('FR')).expect(200);
    const back = unescaped(/name="back" value="([^"]*)"/.exec(asking.text)?.[1] ?? '');
    const said = await browser
      .post('/privacy/cookies')
      .type('form')
      .send({ ...yes, back })
      .expect(303);
    expect(said.headers.location).toBe(back);
    expect((await visits()).length).toBe(before);
    const marked = await browser.get(back).set({ 'x-country': 'FR' }).expect(200);
    expect(String(marked.headers['set-cookie'])).toMatch(/^visit=/);
    expect((await visits()).slice(before)).toMatchObject([
      { referrer: 'https://search.example/results', campaign: { medium: 'email' }, country: 'FR' },
    ]);

    await browser.post('/privacy/cookies').type('form').send(no).expect(303);
    const undone = await browser.get(campaign).set(from('FR')).expect(200);
    expect(String(undone.headers['set-cookie'])).toMatch(/visit=; Path=\/; Max-Age=0/);
    expect(undone.text).not.toContain('aria-label="Cookies"');
    expect((await visits()).length).toBe(before);
  });

  test('a no in a state where silence is a yes is a no, by a click and by a signal of the browser', async () => {
    const before = (await visits()).length;
    const browser = request.agent(the.app);
    expect((await browser.get('/privacy/cookies').set(from('US-CA'))).text).toContain('Refuse: Analytics cookies');
    await browser.post('/privacy/cookies').set(from('US-CA')).type('form').send(no).expect(303);
    const refused = await browser.get(campaign).set(from('US-CA')).expect(200);
    const signalled = await request(the.app)
      .get(campaign)
      .set({ ...from('US-CA'), 'sec-gpc': '1' });
    for (const page of [refused, signalled]) {
      expect(page.headers['set-cookie']).toBeUndefined();
      expect(page.text).not.toContain('aria-label="Cookies"');
    }
    expect((await visits()).length).toBe(before);
  });

  test('what was said of cookies goes with the visitor into the account', async () => {
    const browser = request.agent(the.app);
    await browser.post('/privacy/cookies').type('form').send(yes).expect(303);
    await browser.post('/sign-up/provider').type('form').send(byProvider('Kim')).expect(303);
    await browser.get('/create').expect(200);
    const kim = await personAt('kim@example.net');
    expect(await the.kept.consents.history(String(kim._id))).toMatchObject([
      { flag: 'analytics-cookies', what: 'given' },
    ]);
    await browser.post('/privacy/cookies').type('form').send(no).expect(303);
    expect((await the.kept.consents.history(String(kim._id))).at(-1)).toMatchObject({ what: 'withdrawn' });
  });
});
