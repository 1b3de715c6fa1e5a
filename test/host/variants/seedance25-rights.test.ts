import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bytesOf } from '../../../examples/video-host/src/media/media.ts';
import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import type { Models } from '../../../examples/video-host/variants/seedance25/models.ts';
import { again, approved, DELETE } from '../../engine/case.ts';
import { asking } from './asking.ts';
import { type Fact, type FactsTold, factsHold, factsTold } from './factsTold.ts';
import type { Contents } from './openHouse.ts';
import { makes, openSeedance25, type Seedance25 } from './openSeedance25.ts';

let the: Seedance25;
let models: Models;
/** What Lina gets by mail. */
let copy: Contents;
let told: FactsTold;
const { asks, requestsOf, decided, subjectsTo, lastTo } = asking(() => the);
const who = (key: string): SeededPerson => the.person(key);

beforeAll(async () => {
  the = await openSeedance25('seedance25_rights');
  models = the.models;
  await makes(await the.signedIn(who('lina')), 'A harbour at night');
  told = await factsTold(the, who('lina').email);
  copy = await the.fetched({ address: who('lina').email });
});
afterAll(() => the.close());

const facts: readonly Fact[] = [
  {
    clause: 'seedance25.collects.usage-billing',
    permits: ['service.account', 'credit.balance'],
    denies: ['improvement', 'payment.record'],
  },
  {
    clause: 'seedance25.purpose.provide',
    permits: ['service.generation', 'generation.prompt'],
    denies: ['service.generation', 'payment.record'],
  },
  {
    clause: 'seedance25.purpose.transactions',
    permits: ['service.payment', 'payment.record'],
    denies: ['service.payment', 'generation.prompt'],
  },
  {
    clause: 'seedance25.purpose.support',
    permits: ['service.support', 'support.conversation'],
    denies: ['service.support', 'generation.prompt'],
  },
  {
    clause: 'seedance25.recipient.protection',
    permits: ['legal.claims', 'generation.output'],
    denies: ['legal.claims', 'usage.attribution'],
  },
];

factsHold(facts, () => ({ house: the, told, subject: who('lina').id }));

describe('a copy', () => {
  test('seedance25.right.access: by mail, one link confirms who asks, and another opens all records with their files', async () => {
    const lina = who('lina');
    expect(await requestsOf(lina)).toMatchObject([
      { right: 'access', status: 'fulfilled', identity: { how: 'link' }, handedOver: { at: the.clock.now() } },
    ]);
    expect((await subjectsTo(lina)).at(-1)).toBe('What you asked us for is ready');
    await everythingIsIn(copy, lina);
    expect(copy.text('index.html')).toContain('AI model provider');
    for (const [name, bytes] of copy.files) expect([name, bytes.includes('scrypt:')]).toEqual([name, false]);
  });

  test('seedance25.right.access: by self-service, one button, and the same lies on the page of the account, and on nobody else’s', async () => {
    const milo = who('milo');
    const browser = await the.signedIn(milo);
    expect((await browser.post('/privacy/requests', { right: 'access' })).status).toBe(201);
    await the.kept.workOff();
    const { packages } = await browser.json<{ packages: { id: string }[] }>('/privacy/');
    const page = `${the.urls.privacy}/packages/${packages[0]?.id}`;
    const files = await the.fetched({ page, cookie: browser.cookie() });
    await everythingIsIn(files, milo);
    expect(files.text('index.html')).toContain('Milo Roth');
    expect((await (await the.signedIn(who('noor'))).get(page)).status).toBe(404);
    expect(await requestsOf(milo)).toMatchObject([{ right: 'access', identity: { how: 'account' } }]);
  });

  test('seedance25.right.export: is a ZIP of JSON, tables and media, with a signed manifest whose checksums hold', async () => {
    const teo = who('teo');
    const request = await asks(teo, 'Please export my data as JSON so that I can take it to another service.');
    expect(request).toMatchObject({ right: 'portability', status: 'fulfilled' });
    // Whoever fetches it here compares each file with the signed list.
    const files = await the.fetched({ address: teo.email });
    await everythingIsIn(files, teo);
    const { document } = files.json<{ document: { files: { name: string }[] } }>('manifest.json');
    expect(['manifest.json', ...document.files.map(({ name }) => name)].sort()).toEqual([...files.files.keys()].sort());
    for (const name of ['data/generations.ndjson', 'data/generations.csv', 'schemas/generations.schema.json'])
      expect(files.text(name)).toContain('prompt');
  });

  async function everythingIsIn({ json, files }: Contents, { id, email }: SeededPerson): Promise<void> {
    expect(json('data/users.json')).toMatchObject([{ id, data: { email } }]);
    for (const name of ['creditEntries', 'orders', 'interactions', 'deviceLogs', 'firstVisits'] as const) {
      const held = await (models[name] as Models['orders']).countDocuments({ userId: id });
      const file = `data/${name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}.json`;
      expect([name, held === 0 ? 0 : json<unknown[]>(file).length]).toEqual([name, held]);
    }
    const told = json<{ id: string; data: Record<string, { file: string }[]> }[]>('data/generations.json');
    const made = await models.generations.find({ userId: id }).lean();
    expect(told).toHaveLength(made.length);
    for (const { _id, prompt, outputs, references } of made) {
      const { data } = told.find((each) => each.id === String(_id)) ?? {};
      expect(data?.prompt).toBe(prompt);
      const named = [...(data?.outputs ?? []), ...(data?.references ?? [])];
      for (const [at, { file }] of [...outputs, ...references].entries())
        expect(files.get(named[at]?.file ?? '')).toEqual(await bytesOf(the.media, file));
    }
  }
});

test('seedance25.right.update: a correction reaches every copy, and whoever got the old value is to be told of it, and nobody else', async () => {
  const noor = who('noor');
  const browser = await the.signedIn(noor);
  await makes(browser, 'Noor in the old house');
  const made = await models.generations.findOne({ userId: noor.id, prompt: 'Noor in the old house' }).lean();
  const request = await asks(noor, 'Please correct my email address, it is wrong. It is noor.roth@example.org now.');
  expect(request).toMatchObject({ right: 'rectification', status: 'verified' });

  const prompt = { collection: 'generations', field: 'prompt', record: String(made?._id), value: 'Noor in her house' };
  const email = { collection: 'users', field: 'email', value: 'noor.roth@example.org' };
  await decided(request, { corrections: [email, prompt] });
  await the.confirm('noor.roth@example.org');

  expect(await again(the.kept, request._id)).toMatchObject({ status: 'fulfilled' });
  expect(await models.users.findById(noor.id).lean()).toMatchObject({
    email: 'noor.roth@example.org',
    identities: [{ email: 'noor.roth@example.org' }],
  });
  expect(await models.generations.findById(made?._id).lean()).toMatchObject({ prompt: 'Noor in her house' });
  const inHost = await Promise.all(Object.values(models).map((model) => model.find().lean()));
  for (const old of [noor.email, 'Noor in the old house']) expect(JSON.stringify(inHost)).not.toContain(old);

  expect(await the.kept.notifications.list({ request: request._id })).toMatchObject([
    { recipient: 'ai-provider', what: 'rectification', categories: ['generation.prompt'] },
  ]);
  expect(await lastTo(noor)).toContain('- AI model provider');
});

describe('who asks on both roads', () => {
  test('seedance25.contact.settings-or-email: has one case: what is asked again in the settings is linked to the mail', async () => {
    const rosa = who('rosa');
    const byMail = await asks(rosa, DELETE);
    the.clock.forward({ minutes: 1 });
    await (await the.signedIn(rosa)).post('/privacy/requests', { right: 'erasure' });
    await the.kept.workOff();
    const [first, second] = await requestsOf(rosa);
    expect([first?._id, first?.status]).toEqual([byMail._id, 'previewed']);
    expect(second).toMatchObject({ channel: 'app', status: 'linked', of: byMail._id });
    expect((await the.kept.tickets.get(second?.ticket ?? ''))?.requests).toEqual([second?._id, byMail._id]);
  });

  test('seedance25.contact.settings-or-email: the same the other way round, and it is carried out once', async () => {
    const sami = who('sami');
    const browser = await the.signedIn(sami);
    await browser.post('/privacy/requests', { right: 'erasure' });
    await the.kept.workOff();
    await asks(sami, DELETE);
    const [first, second] = await requestsOf(sami);
    expect([first?.channel, first?.status]).toEqual(['app', 'previewed']);
    expect(second).toMatchObject({ channel: 'mail', status: 'linked', of: first?._id });

    await approved(the.kept, first?._id ?? '');
    await the.kept.workOff();
    expect(await again(the.kept, first?._id ?? '')).toMatchObject({ status: 'fulfilled', residue: { found: 0 } });
    expect((await subjectsTo(sami)).filter((line) => line.includes('has been erased'))).toHaveLength(1);
    expect((await browser.get('/creations')).headers.get('location')).toBe('/sign-in');
  });
});

test('seedance25.right.by-jurisdiction: the country of the account decides on deadline and rights; where it is not known, the default of the pack', async () => {
  const told = async (key: string, country: string) => {
    const browser = await the.signedIn(who(key));
    await browser.post('/account/country', { country });
    await browser.post('/privacy/requests', { right: 'access' });
    const { law, rights } = await browser.json<{ law: { id: string }; rights: string[] }>('/privacy/');
    const [request] = await requestsOf(who(key));
    return { law: law.id, runsUnder: request?.regime, dueOn: request?.dueOn, optOut: rights.includes('optout-sale') };
  };
  const law = (id: string, dueOn: string, optOut: boolean) => ({ law: id, runsUnder: id, dueOn, optOut });
  expect(await told('ugo', 'FR')).toEqual(law('eu-gdpr', '2026-04-03', false));
  expect(await told('vera', 'US-CA')).toEqual(law('us-ca', '2026-04-16', true));
  expect(await told('zeno', '')).toEqual(law('unknown', '2026-03-13', true));
});
