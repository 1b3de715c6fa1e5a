import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import { leadOf } from '../../engine/case.ts';
import { ask, clauses, toModel } from '../../kernel/decide/ask.ts';
import { policyWith } from '../../kernel/policy/editedPack.ts';
import { asking } from './asking.ts';
import { type FactsTold, factsTold, toldIn } from './factsTold.ts';
import { makes, openSdanceAi, type SdanceAi, type Use } from './openSdanceAi.ts';

let the: SdanceAi;
/** What is published, and what Mara got who asked for a copy by mail. */
let told: FactsTold;
const { asks, requestOf, decided, erased, subjectsTo, lastTo } = asking(() => the);
const who = (key: string): SeededPerson => the.person(key);

beforeAll(async () => {
  the = await openSdanceAi();
  told = await factsTold(the, who('mara').email);
});
afterAll(() => the.close());

const generate = { purpose: 'service.generation', category: 'generation.prompt' };
const improve = { purpose: 'improvement', category: 'usage.interaction' };
const claim = { purpose: 'legal.claims', category: 'log.network', recipient: 'counsel' };

/** What is stated; where it is about use, a use that it provides for, and one that it does not. */
const facts: readonly { clause: string; permits?: Use; denies?: Use }[] = [
  { clause: 'sdance-ai.collects.account' },
  { clause: 'sdance-ai.collects.uploads' },
  { clause: 'sdance-ai.collects.outputs' },
  { clause: 'sdance-ai.collects.device' },
  { clause: 'sdance-ai.collects.usage' },
  { clause: 'sdance-ai.collects.logs' },
  { clause: 'sdance-ai.cookie.similar' },
  {
    clause: 'sdance-ai.purpose.generation',
    permits: generate,
    denies: { purpose: 'service.generation', category: 'account.contact' },
  },
  {
    clause: 'sdance-ai.purpose.account',
    permits: { purpose: 'service.account', category: 'account.contact' },
    denies: { purpose: 'service.account', category: 'generation.prompt' },
  },
  {
    clause: 'sdance-ai.purpose.api',
    permits: { purpose: 'service.api', category: 'account.api-key' },
    denies: { purpose: 'service.api', category: 'generation.prompt' },
  },
  {
    clause: 'sdance-ai.purpose.safety',
    permits: { purpose: 'safety.abuse', category: 'log.network' },
    denies: { purpose: 'safety.abuse', category: 'support.conversation' },
  },
  {
    clause: 'sdance-ai.purpose.legal',
    permits: { purpose: 'legal.obligation', category: 'payment.record' },
    denies: { purpose: 'legal.obligation', category: 'usage' },
  },
  {
    clause: 'sdance-ai.recipient.protection',
    permits: { ...claim, reference: 'AG Berlin 12 C 34/26' },
    denies: claim,
  },
];

describe('what is stated', () => {
  test.each(facts)('$clause: the notice, the register and the report that a person got say it', async (fact) => {
    const { clause, permits, denies } = fact;
    expect(toldIn(told, clause)).toEqual(['notice', 'register', 'table', 'report']);
    for (const rule of the.kept.policy.clauses.find(({ id }) => id === clause)?.keptBy ?? [])
      if (/^(categories|recipients)\./.test(rule)) expect(told.report).toContain(` data-rule="${rule}"`);

    if (!permits || !denies) return;
    expect(await the.may(who('mara'), permits)).toBe('permitted');
    const denied = await the.decided(who('mara'), denies);
    expect([denied.outcome, clauses(denied)]).toEqual(['forbidden', expect.arrayContaining([clause])]);
  });

  test('sdance-ai.recipient.providers: each is named to the person with what it gets, and nobody who is not listed gets anything', async () => {
    const clause = 'sdance-ai.recipient.providers';
    const providers = the.kept.policy.recipients.filter((each) => each.clause === clause);
    expect(providers.map(({ label }) => label)).toEqual(['Creem', 'Cloudflare', 'Email delivery']);
    expect(rowOf('creem')).toMatch(/Creem.*Estonia.*Payments; Email address/s);
    expect(rowOf('cloudflare')).toMatch(/Cloudflare.*United States.*Generated videos and audio; IP address/s);
    expect(rowOf('email-provider')).toMatch(/Email delivery.*Germany.*Email address; Name and avatar/s);

    const contact = { purpose: 'service.payment', category: 'account.contact' };
    expect(await the.may(who('mara'), { ...contact, recipient: 'creem' })).toBe('permitted');
    expect(await the.may(who('mara'), { ...contact, recipient: 'cloudflare' })).toBe('forbidden');
    const unlisted = await the.decided(who('mara'), { ...contact, recipient: 'somebody' });
    expect([unlisted.outcome, clauses(unlisted)]).toEqual(['forbidden', expect.arrayContaining([clause])]);
  });

  test('sdance-ai.transfer.safeguards: what leaves for a third country names its mechanism to the person, and without one nothing leaves', async () => {
    expect(toldIn(told, 'sdance-ai.transfer.safeguards')).toContain('report');
    for (const recipient of ['fal-ai', 'cloudflare'])
      expect(rowOf(recipient)).toMatch(/United States.*Standard contractual clauses/s);
    expect(await the.may(who('mara'), toModel)).toBe('permitted');
    const named = 'country: US\n    safeguard: standard-contractual-clauses\n    agreement: { reference: DPA-FAL-1';
    const without = policyWith([named, named.replace(/ {4}safeguard: .*\n/, '')]);
    expect(clauses(ask(toModel, {}, without))).toEqual(['sdance-ai.transfer.safeguards']);
  });

  /** The row of the report about whom data may go to. */
  function rowOf(recipient: string): string {
    const rows = [...told.report.matchAll(/<tr[^>]*>.*?<\/tr>/gs)].map(([row]) => row);
    return rows.findLast((row) => row.includes(` data-rule="recipients.${recipient}"`)) ?? '';
  }
});

test('sdance-ai.right.correction: asked by mail, it reaches every copy, and whoever got the old value is to be told, and nobody else', async () => {
  const lea = who('lea');
  const prompt = 'Lea in the old house';
  expect(await makes(await the.signedIn(lea), prompt)).toBe(303);
  const made = await the.models.generations.findOne({ userId: lea.id, prompt }).lean();
  const request = await asks(lea, 'Please correct my email address, it is wrong. It is lea.new@example.net now.');
  expect(request).toMatchObject({ right: 'rectification', status: 'verified', identity: { how: 'link' } });

  const address = { collection: 'users', field: 'email', value: 'lea.new@example.net' };
  const video = { collection: 'generations', field: 'prompt', record: String(made?._id), value: 'Léa in her house' };
  await decided(request, { corrections: [address, video] });
  await the.confirm('lea.new@example.net');

  expect(await requestOf(lea, 'rectification')).toMatchObject({ status: 'fulfilled' });
  expect(await the.models.users.findById(lea.id).lean()).toMatchObject({
    email: 'lea.new@example.net',
    identities: [{ email: 'lea.new@example.net' }],
  });
  expect(await the.models.generations.findById(made?._id).lean()).toMatchObject({ prompt: 'Léa in her house' });
  const inHost = await Promise.all(Object.values(the.models).map((model) => model.find().lean()));
  for (const old of [lea.email, prompt]) expect(JSON.stringify(inHost)).not.toContain(old);
  expect(await the.kept.notifications.list({ request: request._id })).toMatchObject([
    { recipient: 'fal-ai', what: 'rectification', categories: ['generation.prompt'] },
  ]);
  expect(await lastTo(lea)).toContain('- fal');
});

test('sdance-ai.right.objection: by mail, it is heeded at once and for good, and the service goes on', async () => {
  const omar = who('omar');
  expect(await the.may(omar, improve)).toBe('permitted');
  const request = await asks(omar, 'I object to the use of my data to improve your service.');
  expect(request).toMatchObject({ right: 'objection', status: 'verified' });
  const heeded = async () => {
    expect(clauses(await the.decided(omar, improve))).toContain('sdance-ai.right.objection');
    expect(await the.may(omar, improve)).toBe('forbidden');
    expect(await makes(await the.signedIn(omar), 'Olive trees at night')).toBe(303);
  };
  await heeded();

  const outcome = 'upheld';
  const why = { interests: 'Fewer figures.', reasons: 'Nothing compels us.', article: 'Article 21(1) GDPR' };
  const balances = ['improvement', 'improvement.debugging'].map((purpose) => ({ purpose, outcome, ...why }));
  expect(await decided(request, { balances })).toMatchObject({ status: 'fulfilled' });
  expect(await lastTo(omar)).toMatch(/stopped using your data for:.*Improve the service/s);
  await heeded();
});

test('sdance-ai.right.withdraw: given with one call, and taken back by one sentence in a mail, without a question back', async () => {
  const chidi = who('chidi');
  const training = { purpose: 'training', category: 'generation.output' };
  expect(await the.may(chidi, training)).toBe('forbidden');
  await the.kept.consents.give(chidi.id, 'training', 'settings');
  expect(await the.may(chidi, training)).toBe('permitted');
  the.clock.forward({ minutes: 1 });
  await the.write(chidi.email, 'I withdraw my consent to training on my videos.');
  expect(await the.may(chidi, training)).toBe('forbidden');
  expect(await subjectsTo(chidi)).not.toContain('Please confirm your request');
});

test('sdance-ai.right.deletion: files go with their records, in the store too, and neither a session nor a key opens anything any more', async () => {
  const mara = who('mara');
  const browser = await the.signedIn(mara);
  const call = await the.calling(mara);
  expect([(await browser.get('/videos')).status, await call()]).toEqual([200, 404]);
  const videos = await the.models.generations.find({ userId: mara.id }).lean();
  const held = videos.flatMap(({ references, outputs }) => [...references, ...outputs].map(({ file }) => file));
  const files = [...held, ...videos.flatMap(({ outputs }) => outputs.map(({ file }) => `${file}.thumbnail`))];
  for (const file of files) expect([file, await the.media.has(file)]).toEqual([file, true]);

  expect(await erased(mara)).toMatchObject({ status: 'fulfilled', residue: { found: 0 } });
  for (const file of files) expect([file, await the.media.has(file)]).toEqual([file, false]);
  expect(await the.models.generations.countDocuments({ userId: mara.id })).toBe(0);
  expect((await browser.get('/videos')).headers.get('location')).toBe('/sign-in');
  expect(await call()).toBe(401);
  expect(await lastTo(mara)).toMatch(/Payments: 3 records\s+Why: tax law/);
});

test('sessions and keys of an account that a hold keeps from being erased open nothing all the same', async () => {
  const tomas = who('tomas');
  const browser = await the.signedIn(tomas);
  const call = await the.calling(tomas);
  await the.kept.holds.place({ kind: 'legal', subject: tomas.id, ground: 'claim 4711', by: 'lin' });
  await erased(tomas);
  const mine = { userId: tomas.id };
  expect(await the.models.users.countDocuments({ _id: tomas.id })).toBe(1);
  expect([await the.models.sessions.countDocuments(mine), await the.models.apiKeys.countDocuments(mine)]).toEqual([
    2, 1,
  ]);
  expect((await browser.get('/videos')).headers.get('location')).toBe('/sign-in');
  expect(await call()).toBe(401);
});

test('sdance-ai.right.restriction: nothing but storage and what the law excepts, nothing deleted meanwhile, and its end is told before it comes', async () => {
  const nora = who('nora');
  await asks(nora, 'Please restrict the processing of my data. The name you hold is wrong.');
  const [hold] = await the.kept.restrictions.history(nora.id);
  expect(hold).toMatchObject({ ground: 'accuracy-contested' });
  for (const { name, categories, allowedUnderRestriction = false } of the.kept.policy.purposes) {
    const outcomes = await Promise.all(categories.map((category) => the.may(nora, { purpose: name, category })));
    expect([name, outcomes.includes('permitted')]).toEqual([name, allowedUnderRestriction]);
  }
  const browser = await the.signedIn(nora);
  expect(await makes(browser, 'A cliff path in autumn')).toBe(403);

  const videos = () => the.models.generations.countDocuments({ userId: nora.id });
  const before = await videos();
  expect(before).toBeGreaterThan(0);
  the.clock.forward({ days: 100 });
  await the.kept.workOff();
  expect(await the.models.generations.countDocuments({ userId: who('omar').id, savedAt: null })).toBe(0);
  expect(await videos()).toBe(before);

  await the.kept.restrictions.lift(hold?._id ?? '', await leadOf(the.kept));
  expect(await the.kept.restrictions.advance()).toEqual({ lifted: 0 });
  expect(await the.may(nora, generate)).toBe('forbidden');
  await the.kept.outbox.deliver();
  expect((await subjectsTo(nora)).at(-1)).toBe('Sdance AI will use your data again');
  expect(await the.kept.restrictions.advance()).toEqual({ lifted: 1 });
  expect(await the.may(nora, generate)).toBe('permitted');
  await the.kept.retention.sweep();
  expect(await videos()).toBe(0);
});
