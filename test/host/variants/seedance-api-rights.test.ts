import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lint } from '@kept/core';
import { bytesOf } from '../../../examples/video-host/src/media/media.ts';
import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import { onOurOwnModels } from '../../../examples/video-host/variants/seedance-api/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedance-api/models.ts';
import { leadOf } from '../../engine/case.ts';
import { asking } from './asking.ts';
import { type Fact, type FactsTold, factsHold, factsTold } from './factsTold.ts';
import { type Contents, type House, openHouse } from './openHouse.ts';

const COPY = 'Please send me a copy of all my personal data.';

let the: House;
let models: Models;
let told: FactsTold;
/** What Wren gets by mail. */
let copy: Contents;
const { asks, requestsOf, decided, erased, lastTo, may } = asking(() => the);
const who = (key: string): SeededPerson => the.person(key);

beforeAll(async () => {
  the = await openHouse(onOurOwnModels, 'seedance_api_rights');
  models = modelsOn(the.connection);
  told = await factsTold(the, who('wren').email);
  copy = await the.fetched({ address: who('wren').email });
});
afterAll(() => the.close());

interface Caller extends SeededPerson {
  call(path: string, form?: Readonly<Record<string, string>>): Promise<Response>;
}

/** Registers a developer, who calls by their key from then on. */
async function registered(name: string, country: string): Promise<Caller> {
  const email = `${name.toLowerCase()}@example.org`;
  const body = new URLSearchParams({ email, name, country });
  const answer = await fetch(`${the.urls.host}/v1/register`, { method: 'POST', body });
  const { id, key } = (await answer.json()) as { id: string; key: string };
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' };
  return {
    id,
    email,
    call: (path, form) =>
      fetch(new URL(path, the.urls.host), {
        headers,
        redirect: 'manual',
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      }),
  };
}

const facts: readonly Fact[] = [
  {
    clause: 'seedance-api.collects.account',
    permits: ['service.account', 'account.contact'],
    denies: ['improvement', 'account.contact'],
  },
  {
    clause: 'seedance-api.collects.generation',
    permits: ['service.generation', 'generation.reference'],
    denies: ['service.metering', 'generation.prompt'],
  },
  {
    clause: 'seedance-api.collects.performance',
    permits: ['improvement', 'log.performance'],
    denies: ['service.metering', 'log.performance'],
  },
  {
    clause: 'seedance-api.purpose.provision',
    permits: ['service.delivery', 'generation.output'],
    denies: ['service.delivery', 'payment.record'],
  },
  {
    clause: 'seedance-api.purpose.billing',
    permits: ['service.metering', 'usage.metering'],
    denies: ['service.payment', 'generation.prompt'],
  },
  {
    clause: 'seedance-api.purpose.security',
    permits: ['safety.abuse', 'log.network'],
    denies: ['safety.monitoring', 'generation.prompt'],
  },
];

factsHold(facts, () => ({ house: the, told, subject: who('wren').id }));

describe('a notice that names no rights', () => {
  test('seedance-api.contact.email: is reported by the lint; a mail for a copy is answered all the same, with every record and file', async () => {
    expect(lint(the.kept.policy).findings.map(({ code }) => code)).toContain('NO_RIGHTS_STATED');
    const wren = who('wren');
    expect(await requestsOf(wren)).toMatchObject([{ right: 'access', status: 'fulfilled', regime: 'eu-gdpr' }]);
    await everythingIsIn(copy, wren);
    const [key] = await models.apiKeys.find({ userId: wren.id }).lean();
    for (const [name, bytes] of copy.files) expect([name, bytes.includes(String(key?.hash))]).toEqual([name, false]);
  });

  test.each([
    ['Rui', 'BR', 'br-lgpd', '2026-03-18'],
    ['Zoe', 'AQ', 'eu-gdpr', '2026-04-03'],
  ])('seedance-api.contact.email: %s of %s is answered under %s, by %s', async (name, country, regime, dueOn) => {
    const person = await registered(name, country);
    expect(await asks(person, COPY)).toMatchObject({ right: 'access', status: 'fulfilled', regime, dueOn });
    const files = await the.fetched({ address: person.email });
    expect(files.json('data/users.json')).toMatchObject([{ data: { name, country } }]);
  });

  test('seedance-api.contact.email: what is asked for in a machine-readable form comes as such', async () => {
    const teo = who('teo');
    const request = await asks(teo, 'Please export my data as JSON so that I can take it to another service.');
    expect(request).toMatchObject({ right: 'portability', status: 'fulfilled' });
    const files = await the.fetched({ address: teo.email });
    await everythingIsIn(files, teo);
    expect(files.text('data/generations.csv')).toContain('prompt');
  });

  test('seedance-api.contact.email: a correction by mail is made where the wrong value stands', async () => {
    const noor = who('noor');
    const request = await asks(noor, 'Please correct my name, it is wrong. I am Noor van Damme.');
    expect(request.right).toBe('rectification');
    const corrections = [{ collection: 'users', field: 'name', value: 'Noor van Damme' }];
    expect(await decided(request, { corrections })).toMatchObject({ status: 'fulfilled' });
    expect(await models.users.findById(noor.id).lean()).toMatchObject({ name: 'Noor van Damme' });
  });

  test('seedance-api.contact.email: an objection by mail ends improvement, and the API goes on', async () => {
    const ines = await registered('Ines', 'PT');
    const request = await asks(ines, 'I object to the use of my data to improve your service.');
    expect([request.right, await may(ines, 'improvement', 'log.api')]).toEqual(['objection', 'forbidden']);
    const balances = ['improvement', 'improvement.debugging'].map((purpose) => ({
      ...{ purpose, outcome: 'upheld', interests: 'Fewer logs.' },
      ...{ reasons: 'Nothing compels us.', article: 'Art 21(1)' },
    }));
    expect(await decided(request, { balances })).toMatchObject({ status: 'fulfilled' });
    expect(await may(ines, 'improvement', 'log.api')).toBe('forbidden');
    expect((await ines.call('/v1/videos', { prompt: 'A kettle in love' })).status).toBe(201);
  });

  test('seedance-api.contact.email: a restriction by mail lets nothing be made or billed until it ends', async () => {
    const odo = await registered('Odo', 'FR');
    await odo.call('/v1/videos', { prompt: 'A kettle in love' });
    expect(await asks(odo, 'Please restrict the processing of my data.')).toMatchObject({ status: 'fulfilled' });
    const orders = async () => [
      (await odo.call('/v1/videos', { prompt: 'A second kettle' })).status,
      (await odo.call('/v1/invoices', {})).status,
    ];
    expect(await orders()).toEqual([403, 403]);
    expect(await may(odo, 'safety.rate-limit', 'log.api')).toBe('permitted');
    const [hold] = await the.kept.restrictions.history(odo.id);
    await the.kept.restrictions.lift(hold?._id ?? '', await leadOf(the.kept));
    await the.kept.workOff();
    expect(await lastTo(odo)).toContain('again');
    expect(await orders()).toEqual([201, 201]);
  });

  test('seedance-api.contact.email: an erasure by mail ends the keys first, and leaves invoices without the person', async () => {
    const uma = await registered('Uma', 'DE');
    await uma.call('/v1/videos', { prompt: 'A kettle in love' });
    await uma.call('/v1/invoices', {});
    expect(await erased(uma)).toMatchObject({ status: 'fulfilled', residue: { found: 0 } });
    expect((await uma.call('/v1/usage')).status).toBe(401);
    for (const model of Object.values(models)) expect(JSON.stringify(await model.find().lean())).not.toContain(uma.id);
    expect(await models.payments.countDocuments({ userId: null })).toBe(1);
    expect(await lastTo(uma)).toContain('Art 17(3)(b) GDPR');
  });

  test('who calls by a key may ask at the API too, and is told which law is theirs', async () => {
    const ada = await registered('Ada', 'IE');
    expect(await (await ada.call('/privacy/')).json()).toMatchObject({ law: { id: 'eu-gdpr', residence: 'IE' } });
    expect((await ada.call('/privacy/requests', { right: 'access' })).status).toBe(201);
    await the.kept.workOff();
    await everythingIsIn(await the.fetched({ address: ada.email }), ada);
  });

  async function everythingIsIn({ json, files }: Contents, { id, email }: SeededPerson): Promise<void> {
    expect(json('data/users.json')).toMatchObject([{ id, data: { email } }]);
    for (const [name, file] of [
      ['apiKeys', 'api-keys'],
      ['apiLogs', 'api-logs'],
      ['deliveries', 'deliveries'],
      ['generations', 'generations'],
      ['payments', 'payments'],
    ] as const) {
      const held = await (models[name] as Models['payments']).countDocuments({ userId: id });
      const listed = files.has(`data/${file}.json`) ? json<unknown[]>(`data/${file}.json`).length : 0;
      expect([name, listed]).toEqual([name, held]);
    }
    const media = [...files].filter(([name]) => /^media\/.*(?<!\.json)$/.test(name)).map(([, bytes]) => bytes);
    const made = await models.generations.find({ userId: id }).lean();
    const given = made.flatMap(({ outputs, references }) => [...outputs, ...references]);
    expect(media).toHaveLength(given.length);
    for (const { file } of given) expect(media).toContainEqual(await bytesOf(the.media, file));
  }
});
