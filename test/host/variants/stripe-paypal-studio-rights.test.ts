import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lint } from '@kept/core';
import request from 'supertest';
import { bytesOf, thumbnailOf } from '../../../examples/video-host/src/media/media.ts';
import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import { variant } from '../../../examples/video-host/variants/stripe-paypal-studio/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/stripe-paypal-studio/models.ts';
import { idOf } from '../../../examples/video-host/variants/stripe-paypal-studio/seed.ts';
import { twoStaff } from '../../engine/case.ts';
import { picture } from '../scene.ts';
import { asking } from './asking.ts';
import { type Fact, type FactsTold, factsHold, factsTold } from './factsTold.ts';
import { type Contents, type House, openHouse } from './openHouse.ts';
import { anAgent } from './openStudio.ts';

const COPY = 'Please send me a copy of all my personal data.';
const REASON = 'K-9A11B0: the owner cannot open it';

let the: House;
let models: Models;
let stated: FactsTold;
const { asks, requestOf, decided, erased, may } = asking(() => the);
const who = (key: string): SeededPerson => the.person(key);

beforeAll(async () => {
  the = await openHouse(variant, 'studio');
  models = modelsOn(the.connection);
  stated = await factsTold(the, who('jonas').email);
});
afterAll(() => the.close());

const facts: readonly Fact[] = [
  {
    clause: 'stripe-paypal-studio.collects.account',
    permits: ['service.account', 'account.contact'],
    denies: ['improvement', 'account.contact'],
  },
  {
    clause: 'stripe-paypal-studio.collects.prompts',
    permits: ['service.generation', 'generation.prompt'],
    denies: ['improvement', 'generation.prompt'],
  },
  {
    clause: 'stripe-paypal-studio.collects.technical',
    permits: ['improvement.debugging', 'log.network'],
    denies: ['improvement', 'log.network'],
  },
  {
    clause: 'stripe-paypal-studio.purpose.operate',
    permits: ['service.delivery', 'generation.output'],
    denies: ['service.generation', 'account.contact'],
  },
  {
    clause: 'stripe-paypal-studio.purpose.security',
    permits: ['safety.rate-limit', 'log.network'],
    denies: ['safety.rate-limit', 'generation.prompt'],
  },
  {
    clause: 'stripe-paypal-studio.purpose.improve',
    permits: ['improvement', 'log.performance'],
    denies: ['improvement', 'generation.output'],
  },
  {
    clause: 'stripe-paypal-studio.purpose.legal',
    permits: ['legal.obligation', 'payment.reference'],
    denies: ['legal.obligation', 'payment.card'],
  },
  {
    clause: 'stripe-paypal-studio.recipient.ai-and-hosting',
    permits: ['service.generation', 'generation.prompt', 'ai-provider'],
    denies: ['service.generation', 'account.contact', 'ai-provider'],
  },
  { clause: 'stripe-paypal-studio.notice.availability' },
];

factsHold(facts, () => ({ house: the, told: stated, subject: who('mara').id }));

async function signedIn(key: string): Promise<ReturnType<typeof request.agent>> {
  const browser = request.agent(the.urls.host);
  const { email, password } = who(key);
  await browser.post('/sign-in').type('form').send({ email, password }).expect(303).expect('location', '/videos');
  return browser;
}

async function copyByMail(person: SeededPerson): Promise<Contents> {
  await asks(person, COPY);
  return the.fetched({ address: person.email });
}

interface File {
  readonly file: string;
  readonly size: number;
  readonly type: string;
}
type Upload = { readonly data: File };
type Work = { readonly data: { readonly outputs: readonly File[] } };

describe('an upload', () => {
  test('stripe-paypal-studio.collects.uploads: takes what is known of it along, into the copy and out of everything', async () => {
    const jonas = who('jonas');
    const { id, email } = jonas;
    const given = (await signedIn('jonas')).post('/generations').field('prompt', 'A kite above the pier');
    await given.attach('picture', picture, { filename: 'me.png', contentType: 'image/png' }).expect(303);
    const uploads = await models.uploads.find({ userId: id }).lean();
    expect(uploads.map(({ type }) => type).sort()).toEqual(['image/gif', 'image/png']);
    const works = (await models.generations.find({ userId: id }).lean()).flatMap(({ outputs }) => outputs);

    const copy = await copyByMail(jonas);
    const records = copy.json<Upload[]>('data/uploads.json').map(({ data }) => data);
    const made = copy.json<Work[]>('data/generations.json').flatMap(({ data }) => data.outputs);
    for (const [stored, copied] of [[uploads, records] as const, [works, made] as const]) {
      expect(copied).toHaveLength(stored.length);
      for (const { file, size, type } of stored) {
        const bytes = await bytesOf(the.media, file);
        const one = copied.find((each) => copy.files.get(each.file)?.equals(bytes));
        expect([file, one]).toEqual([file, expect.objectContaining({ size, type })]);
        expect([size, JSON.stringify(copy.json(`${one?.file}.json`))]).toEqual([
          bytes.byteLength,
          expect.stringContaining(`"size":${size},"type":"${type}"`),
        ]);
      }
    }

    expect(await erased(jonas)).toMatchObject({ status: 'fulfilled', residue: { found: 0 } });
    for (const { file } of [...uploads, ...works])
      for (const key of [file, thumbnailOf(file)]) expect([key, await the.media.has(key)]).toEqual([key, false]);
    for (const model of [models.uploads, models.generations, models.sessions, models.users])
      expect(await model.collection.countDocuments({ $or: [{ userId: idOf('jonas') }, { email }] })).toBe(0);
  });
});

describe('a view by staff', () => {
  test('stripe-paypal-studio.visibility.internal-access: needs one of four purposes and a reason, and is in the audit log and in the report that the owner gets', async () => {
    const { token } = await anAgent(the);
    const item = String(idOf('mara.kitchen'));
    const look = (body: object) =>
      request(the.urls.host)
        .post('/staff/views')
        .set('authorization', `Bearer ${token}`)
        .send({ item, ...body });
    await look({ purpose: 'safety.abuse' }).expect(422);
    await look({ reason: REASON }).expect(422);
    for (const purpose of ['improvement', 'service.support', 'training', 'service.delivery'])
      await look({ purpose, reason: REASON }).expect(403);
    const purposes = ['legal.obligation', 'safety.abuse', 'safety.monitoring', 'service.troubleshooting'];
    for (const purpose of purposes) await look({ purpose, reason: REASON }).expect(200);

    await the.kept.evidence.sequence();
    const audit = (await the.kept.evidence.entries()).filter(({ aggregate }) => aggregate.kind === 'views');
    expect(audit.map(({ type }) => type).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'StaffViewDenied'),
      ...Array.from({ length: 4 }, () => 'StaffViewed'),
    ]);

    const copy = await copyByMail(who('mara'));
    const looks = copy.json<{ outcome: string; purpose: string }[]>('kept/looks-by-staff.json');
    const seen = looks.filter(({ outcome }) => outcome === 'permitted');
    expect(seen.map(({ purpose }) => purpose).sort()).toEqual(purposes);
    for (const each of seen) expect(each).toMatchObject({ reason: REASON, record: item, role: 'agent' });
    expect(copy.text('kept/looks-by-staff.json')).not.toContain('Ada');
    expect(copy.text('index.html')).toContain('kept/looks-by-staff.json');
  });
});

describe('a right of which the text states a part', () => {
  test('stripe-paypal-studio.right.access: who asks for a copy gets all that the statute grants, and the lint says what the text leaves out', async () => {
    const narrower = lint(the.kept.policy).findings.filter(({ code }) => code === 'NOTICE_NARROWER_THAN_STATUTE');
    expect(narrower.map(({ where }) => where)).toContain('rights.access');
    const copy = await copyByMail(who('mara'));
    const { id, email } = who('mara');
    expect(copy.json('data/users.json')).toMatchObject([{ id, data: { email, name: 'mara', plan: 'pro' } }]);
    for (const name of ['generations', 'uploads', 'payments', 'sessions', 'requestLogs']) {
      const there = await the.connection.collection(name).countDocuments({ userId: idOf('mara') });
      const file = `data/${name === 'requestLogs' ? 'request-logs' : name}.json`;
      expect([file, copy.json<object[]>(file).length]).toEqual([file, there]);
    }
    expect(copy.text('kept/conversations.json')).toContain(COPY);
  });

  test('stripe-paypal-studio.right.correction: of a name and of an address works from the mail to the sign-in', async () => {
    const mara = who('mara');
    const { id, email, password } = mara;
    const text = 'Please correct my data: my name is misspelled, and my address is another one now.';
    const asked = await asks(mara, text);
    const corrections = [
      { collection: 'users', field: 'name', value: 'mara lind' },
      { collection: 'users', field: 'email', value: 'mara.lind@example.org' },
    ];
    await decided(asked, { corrections });
    // Nobody gets an account by asking for another address: whoever reads mail there says so first.
    expect((await models.users.findById(id).lean())?.email).toBe(email);
    await the.confirm('mara.lind@example.org');

    expect(await requestOf(mara, 'rectification')).toMatchObject({ status: 'fulfilled' });
    expect(await models.users.findById(id).lean()).toMatchObject({ name: 'mara lind', email: 'mara.lind@example.org' });
    const letters = [...(await the.lettersTo(email)), ...(await the.lettersTo('mara.lind@example.org'))];
    expect(letters.map(({ subject }) => subject)).toContainEqual(expect.stringContaining('Your data is corrected'));
    const browser = request.agent(the.urls.host);
    await browser.post('/sign-in').type('form').send({ email, password }).expect(401);
    const form = { email: 'mara.lind@example.org', password };
    await browser.post('/sign-in').type('form').send(form).expect(303).expect('location', '/videos');
  });
});

describe('stripe-paypal-studio.right.by-location: the same mail', () => {
  test('has the time of the strictest law where no place is known, and that of the place once the person named it', async () => {
    const { email } = who('aiko');
    await the.write(email, 'Please export my data as JSON so that I can take it to another service.');
    const { _id, dueOn } = (await the.kept.requests.list({ status: 'open' })).items.at(-1) ?? {};
    expect(dueOn).toBe('2026-03-13');
    const { agent } = await twoStaff(the.kept);
    const moved = await the.kept.requests.livesIn(_id ?? '', agent, 'DE');
    expect(moved.regime).toBe('eu-gdpr');
    expect(await the.kept.requests.clock(moved)).toMatchObject({ due: '2026-04-07' });

    await the.confirm(email);
    const copy = await the.fetched({ address: email });
    expect(copy.json('data/generations.json')).toHaveLength(2);
    expect(copy.files.has('data/generations.csv')).toBe(true);
  });

  test('stops what somebody objects to, and all but the law’s own where the processing is restricted', async () => {
    const aiko = who('aiko');
    await asks(aiko, 'I object to you using my data to improve your service.');
    expect(await may(aiko, 'improvement', 'log.request')).toBe('forbidden');
    expect(await may(aiko, 'service.generation', 'generation.prompt')).toBe('permitted');
    await asks(aiko, 'Please restrict the processing of my personal data.');
    expect(await may(aiko, 'service.generation', 'generation.prompt')).toBe('forbidden');
    expect(await may(aiko, 'legal.rights', 'generation.prompt')).toBe('permitted');
  });
});
