import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { bytesOf } from '../../../examples/video-host/src/media/media.ts';
import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import { variant } from '../../../examples/video-host/variants/seedream4/index.ts';
import { type Creation, type Models, modelsOn } from '../../../examples/video-host/variants/seedream4/models.ts';
import { deviceToken } from '../../../examples/video-host/variants/seedream4/seed.ts';
import { trainingRun } from '../../../examples/video-host/variants/seedream4/training.ts';
import { csvRows } from '../../engine/copies/copying.ts';
import { asking } from './asking.ts';
import { type Fact, type FactsTold, factsHold, factsTold } from './factsTold.ts';
import { type House, openHouse } from './openHouse.ts';

const COPY = 'Please send me a copy of all my personal data.';

let the: House;
let models: Models;
let stated: FactsTold;
const { asks, requestOf, decided, erased, subjectsTo, told, may } = asking(() => the);
const who = (key: string): SeededPerson => the.person(key);

beforeAll(async () => {
  the = await openHouse(variant, 'seedream4');
  models = modelsOn(the.connection);
  stated = await factsTold(the, who('wren').email);
});
afterAll(() => the.close());

const facts: readonly Fact[] = [
  {
    clause: 'seedream4.purpose.account',
    permits: ['service.account', 'account.contact'],
    denies: ['service.account', 'generation.prompt'],
  },
  {
    clause: 'seedream4.purpose.improvement',
    permits: ['improvement', 'usage.interaction'],
    denies: ['improvement', 'account.contact'],
  },
  {
    clause: 'seedream4.collects.device',
    permits: ['service.compatibility', 'log.device'],
    denies: ['improvement', 'log.device'],
  },
  {
    clause: 'seedream4.cookie.preferences',
    permits: ['service.preferences', 'log.cookie.preference'],
    denies: ['service.personalisation', 'log.cookie.preference'],
  },
  { clause: 'seedream4.notice.changes' },
];

factsHold(facts, () => ({ house: the, told: stated, subject: who('ida').id }));

const itemsOf = ({ batch, outputs }: Pick<Creation, 'batch' | 'outputs'>): string[] =>
  [...batch, ...outputs].flatMap(({ file }) => file ?? []);

describe('a person with an account', () => {
  test('seedream4.contact.email, seedream4.right.none-stated: asks for a copy by mail and fetches all of it, with the bytes of each file, in the time of the law', async () => {
    const ida = who('ida');
    const { id, email } = ida;
    await the.write(email, COPY);
    expect(await subjectsTo(ida)).toEqual(['We have your request', 'Please confirm your request']);
    await the.confirm(email);
    expect(await requestOf(ida, 'access')).toMatchObject({
      ...{ status: 'fulfilled', regime: 'eu-gdpr', dueOn: '2026-04-03' },
      identity: { how: 'link' },
    });

    const copy = await the.fetched({ address: email });
    expect(copy.json('data/visitors.json')).toMatchObject([{ id, data: { email, account: { name: 'Ida Moser' } } }]);
    expect(copy.json('data/payments.json')).toHaveLength(2);
    expect(copy.json('data/activities.json')).toHaveLength(3);
    expect(copy.text('kept/conversations.json')).toContain(COPY);
    const records = copy.json<{ id: string; data: Creation }[]>('data/creations.json');
    expect(records).toHaveLength(3);
    for (const { id: creation, data } of records) {
      const stored = await models.creations.findById(creation).lean();
      const keys = stored ? itemsOf(stored) : [];
      expect(itemsOf(data)).toHaveLength(keys.length);
      for (const [at, file] of itemsOf(data).entries()) {
        const bytes = await bytesOf(the.media, keys[at] ?? '');
        expect([file, copy.files.get(file)?.equals(bytes)]).toEqual([file, true]);
      }
    }
    const all = Buffer.concat([...copy.files.values()]).toString('latin1');
    for (const other of ['Wren', 'a red barn', 'astronaut', 'scrypt:']) expect(all).not.toContain(other);
    expect((await requestOf(ida, 'access')).handedOver).toMatchObject({ at: the.clock.now() });
  });

  test('seedream4.collects.usage: a batch with many items is exported, and erased, item by item', async () => {
    const ida = who('ida');
    const { id, email } = ida;
    const _id = new Types.ObjectId();
    const positions = Array.from({ length: 30 }, (_, position) => position);
    for (const position of positions)
      for (const folder of ['uploads', 'images'])
        await the.media.put(`${folder}/${_id}-${position}.gif`, Buffer.from(`${folder} ${position}`));
    await models.creations.create({
      ...{ _id, visitorId: new Types.ObjectId(id), prompt: 'an advent calendar', style: 'poster' },
      ...{ edit: { strength: 50, aspect: 'wide' }, model: 'seedream-4.0', createdAt: the.clock.now() },
      batch: positions.map((at) => ({ position: at, prompt: `door ${at}`, file: `uploads/${_id}-${at}.gif` })),
      outputs: positions.map((at) => ({ position: at, file: `images/${_id}-${at}.gif` })),
    });

    // One of them, by its maker, in the app: that item goes with its two files, and nothing of the others.
    const gone = [`uploads/${_id}-7.gif`, `images/${_id}-7.gif`];
    const removed = await fetch(`${the.urls.host}/creations/${_id}/items/7/delete`, {
      ...{ method: 'POST', redirect: 'manual' },
      headers: { cookie: `device=${deviceToken('ida')}` },
    });
    expect(removed.status).toBe(303);
    for (const file of gone) expect([file, await the.media.has(file)]).toEqual([file, false]);

    await asks(ida, 'Please export my data as JSON so that I can take it to another service.');
    const copy = await the.fetched({ address: email });
    const left = positions.filter((position) => position !== 7);
    const rows = (table: string) => csvRows(copy.text(table)).filter((row) => row.id === String(_id));
    const inputs = rows('data/creations.batch.csv');
    expect(inputs.map(({ position, prompt }) => [position, prompt])).toEqual(
      left.map((position) => [String(position), `door ${position}`]),
    );
    const outputs = rows('data/creations.outputs.csv');
    expect(outputs.map(({ position }) => Number(position))).toEqual(left);
    for (const [folder, items] of Object.entries({ uploads: inputs, images: outputs }))
      for (const { file = '', position } of items)
        expect([file, copy.text(file)]).toEqual([file, `${folder} ${position}`]);

    const stored = await models.creations.find({ visitorId: id }).lean();
    const files = stored.flatMap(itemsOf);
    expect(files).toHaveLength(8 + 2 * left.length);
    const erasure = await erased(ida);
    expect(erasure).toMatchObject({ status: 'fulfilled', residue: { found: 0 } });
    expect(erasure.carriedOut?.find(({ collection }) => collection === 'creations')).toMatchObject({
      ...{ action: 'erase', done: 4, files: files.length },
    });
    for (const file of files) expect([file, await the.media.has(file)]).toEqual([file, false]);
    expect(await models.creations.countDocuments({ visitorId: id })).toBe(0);
    // Whoever was known by the device is known no more.
    const page = await fetch(`${the.urls.privacy}/`, { headers: { cookie: `device=${deviceToken('ida')}` } });
    expect(page.status).toBe(403);
  });
});

describe('somebody without an account', () => {
  test('seedream4.collects.account: known by a device alone, gets a copy by the device and by a link at the address that they name', async () => {
    const cookie = `device=${deviceToken('noor')}`;
    const headers = { cookie, accept: 'application/json', 'content-type': 'application/json' };
    const address = 'noor@example.org';
    const asked = await fetch(`${the.urls.privacy}/requests`, {
      ...{ method: 'POST', headers, body: JSON.stringify({ right: 'access', address }) },
    });
    expect(asked.status).toBe(201);
    await the.kept.workOff();

    const { _id } = await requestOf(who('noor'), 'access');
    const state = await the.kept.packages.ofRequest(_id);
    const page = `${the.urls.privacy}/packages/${state?.id}`;
    expect((await fetch(page, { headers: { cookie: `device=${deviceToken('wren')}` } })).status).toBe(404);
    for (const way of [{ page, cookie }, { address }]) {
      const copy = await the.fetched(way);
      expect(copy.json('data/visitors.json')).toMatchObject([{ id: who('noor').id }]);
      expect(copy.json('data/creations.json')).toHaveLength(2);
      expect(copy.text('data/creations.json')).toContain('my cat as an astronaut');
    }
  });

  test('seedream4.collects.account: known by an address alone, gets a copy by mail', async () => {
    const { id, email } = who('otto');
    await asks(who('otto'), COPY);
    const copy = await the.fetched({ address: email });
    expect(copy.json('data/visitors.json')).toMatchObject([{ id, data: { email, country: 'DE' } }]);
    expect(copy.text('data/creations.json')).toContain('a bridge of glass');
  });
});

describe('seedream4.right.none-stated: what the statute grants works by mail, although the text is silent', () => {
  test('a correction', async () => {
    const otto = who('otto');
    const request = await asks(otto, 'Please correct my data: my country is wrong, I live in Austria now.');
    const corrections = [{ collection: 'visitors', field: 'country', value: 'AT' }];
    expect(await decided(request, { corrections })).toMatchObject({ status: 'fulfilled' });
    expect((await models.visitors.findById(otto.id).lean())?.country).toBe('AT');
    expect((await subjectsTo(otto)).at(-1)).toBe('Your data is corrected');
  });

  test('a restriction', async () => {
    const otto = who('otto');
    expect(await may(otto, 'service.generation', 'generation.prompt')).toBe('permitted');
    const request = await asks(otto, 'Please restrict the processing of my personal data.');
    expect(request).toMatchObject({ right: 'restriction', status: 'fulfilled' });
    expect(await may(otto, 'service.generation', 'generation.prompt')).toBe('forbidden');
    expect(await may(otto, 'legal.rights', 'generation.prompt')).toBe('permitted');
  });

  test('an objection', async () => {
    const wren = who('wren');
    expect(await may(wren, 'improvement', 'usage.interaction')).toBe('permitted');
    const request = await asks(wren, 'I object to you using my data to improve your service.');
    const weighed = { interests: 'We learn what is liked.', reasons: 'That can wait.', article: 'Article 21(1) GDPR' };
    const balances = [{ purpose: 'improvement', outcome: 'upheld', ...weighed }];
    expect(await decided(request, { balances })).toMatchObject({ status: 'fulfilled' });
    expect(await may(wren, 'improvement', 'usage.interaction')).toBe('forbidden');
    expect(await may(wren, 'service.generation', 'generation.prompt')).toBe('permitted');
  });

  test('an opt-out of training, which names what was used before, and a consent that is taken back', async () => {
    const wren = who('wren');
    const texts = {
      spring: 'Please do not use my images and prompts to train your AI.',
      summer: 'I withdraw my consent to training.',
    };
    for (const [run, text] of Object.entries(texts)) {
      the.clock.forward({ minutes: 1 });
      await the.kept.consents.give(wren.id, 'training', 'training page');
      await trainingRun({ models, kept: the.kept }, run);
      expect(await told(wren)).not.toContain(run);
      the.clock.forward({ minutes: 1 });
      await the.write(wren.email, text);
      expect(await may(wren, 'training', 'generation.output')).toBe('forbidden');
      expect(await told(wren)).toContain(run);
    }
    const { used } = await trainingRun({ models, kept: the.kept }, 'autumn');
    expect(used).toBe(0);
  });

  test('a complaint', async () => {
    const wren = who('wren');
    await the.write(wren.email, 'I want to file a complaint about how you handle my personal data.');
    const decision = { outcome: 'rejected', reason: 'Nothing was used after you said no.' };
    expect(await decided(await requestOf(wren, 'complaint'), decision)).toMatchObject({ status: 'fulfilled' });
    expect(await told(wren)).toContain('Nothing was used after you said no.');
  });
});
