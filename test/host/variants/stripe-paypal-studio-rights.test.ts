import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lint, type Right, type StoredRequest } from '@kept/core';
import request from 'supertest';
import { bytesOf, thumbnailOf } from '../../../examples/video-host/src/media/media.ts';
import { variant } from '../../../examples/video-host/variants/stripe-paypal-studio/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/stripe-paypal-studio/models.ts';
import { idOf } from '../../../examples/video-host/variants/stripe-paypal-studio/seed.ts';
import { again, approved, twoStaff } from '../../engine/case.ts';
import { picture } from '../scene.ts';
import { type Contents, type House, openHouse } from './openHouse.ts';
import { anAgent } from './openStudio.ts';

const COPY = 'Please send me a copy of all my personal data.';
const REASON = 'K-9A11B0: the owner cannot open it';

let the: House;
let models: Models;
beforeAll(async () => {
  the = await openHouse(variant, 'studio');
  models = modelsOn(the.connection);
});
afterAll(() => the.close());

async function signedIn(key: string): Promise<ReturnType<typeof request.agent>> {
  const browser = request.agent(the.urls.host);
  const { email, password } = the.person(key);
  await browser.post('/sign-in').type('form').send({ email, password }).expect(303).expect('location', '/videos');
  return browser;
}

async function requestOf(person: string, right: Right): Promise<StoredRequest> {
  const { items } = await the.kept.requests.list({ limit: 500 });
  const subject = the.person(person).id;
  const found = items.filter((each) => each.right === right && 'subject' in each && each.subject === subject).at(-1);
  if (!found) throw new Error(`${person} asked for no ${right}`);
  return found;
}

async function copyByMail(person: string): Promise<Contents> {
  const { email } = the.person(person);
  await the.write(email, COPY);
  await the.confirm(email);
  return the.fetched({ address: email });
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
    const { id, email } = the.person('jonas');
    const given = (await signedIn('jonas')).post('/generations').field('prompt', 'A kite above the pier');
    await given.attach('picture', picture, { filename: 'me.png', contentType: 'image/png' }).expect(303);
    const uploads = await models.uploads.find({ userId: id }).lean();
    expect(uploads.map(({ type }) => type).sort()).toEqual(['image/gif', 'image/png']);
    const works = (await models.generations.find({ userId: id }).lean()).flatMap(({ outputs }) => outputs);

    const copy = await copyByMail('jonas');
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

    await the.write(email, 'Please delete everything you have about me.');
    await the.confirm(email);
    const { _id } = await requestOf('jonas', 'erasure');
    await approved(the.kept, _id);
    await the.kept.workOff();
    expect(await again(the.kept, _id)).toMatchObject({ status: 'fulfilled', residue: { found: 0 } });
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

    const copy = await copyByMail('mara');
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
    const copy = await copyByMail('mara');
    const { id, email } = the.person('mara');
    expect(copy.json('data/users.json')).toMatchObject([{ id, data: { email, name: 'mara', plan: 'pro' } }]);
    for (const name of ['generations', 'uploads', 'payments', 'sessions', 'requestLogs']) {
      const there = await the.connection.collection(name).countDocuments({ userId: idOf('mara') });
      const file = `data/${name === 'requestLogs' ? 'request-logs' : name}.json`;
      expect([file, copy.json<object[]>(file).length]).toEqual([file, there]);
    }
    expect(copy.text('kept/conversations.json')).toContain(COPY);
  });

  test('stripe-paypal-studio.right.correction: of a name and of an address works from the mail to the sign-in', async () => {
    const { id, email, password } = the.person('mara');
    await the.write(email, 'Please correct my data: my name is misspelled, and my address is another one now.');
    await the.confirm(email);
    const { agent } = await twoStaff(the.kept);
    const { _id } = await requestOf('mara', 'rectification');
    const corrections = [
      { collection: 'users', field: 'name', value: 'mara lind' },
      { collection: 'users', field: 'email', value: 'mara.lind@example.org' },
    ];
    await the.kept.requests.decide(_id, agent, { right: 'rectification', corrections });
    await the.kept.workOff();
    // Nobody gets an account by asking for another address: whoever reads mail there says so first.
    expect((await models.users.findById(id).lean())?.email).toBe(email);
    await the.confirm('mara.lind@example.org');

    expect(await again(the.kept, _id)).toMatchObject({ status: 'fulfilled' });
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
  const may = async (purpose: string, category: string): Promise<string> =>
    (await the.kept.decide({ subject: the.person('aiko').id, purpose, category })).outcome;

  test('has the time of the strictest law where no place is known, and that of the place once the person named it', async () => {
    const { email } = the.person('aiko');
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
    const { email } = the.person('aiko');
    await the.write(email, 'I object to you using my data to improve your service.');
    await the.confirm(email);
    expect(await may('improvement', 'log.request')).toBe('forbidden');
    expect(await may('service.generation', 'generation.prompt')).toBe('permitted');
    await the.write(email, 'Please restrict the processing of my personal data.');
    await the.confirm(email);
    expect(await may('service.generation', 'generation.prompt')).toBe('forbidden');
    expect(await may('legal.rights', 'generation.prompt')).toBe('permitted');
  });
});
