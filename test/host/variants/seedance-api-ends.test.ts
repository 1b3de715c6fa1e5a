import { afterEach, expect, test } from '@jest/globals';
import { lint } from '@kept/core';
import request from 'supertest';
import { onOurOwnModels } from '../../../examples/video-host/variants/seedance-api/index.ts';
import { modelsOn } from '../../../examples/video-host/variants/seedance-api/models.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

const DAY = 86_400_000;

let the: VariantScene;
afterEach(() => the.close());

const opened = async (): Promise<ReturnType<typeof modelsOn>> => {
  the = await openVariant(onOurOwnModels);
  return modelsOn(the.connection);
};
const afterDays = async (days: number): Promise<void> => {
  the.clock.set(new Date(the.clock.now().getTime() + days * DAY));
  await the.kept.retention.sweep();
};
const idOf = (key: string): string => the.people[key]?.id ?? '';

test('on the day that it is seeded nothing is too old for the policy', async () => {
  await opened();
  const before = await the.everything();
  const reports = await the.kept.retention.sweep();
  expect(reports.flatMap((report) => report.collections).filter((count) => count.due > 0)).toEqual([]);
  const after = await the.everything();
  for (const name of ['users', 'generations', 'apiLogs', 'deliveries', 'payments', 'files']) {
    expect(after[name]).toBe(before[name]);
  }
});

test('seedance-api.retention.after-delivery: a day later the delivered videos are gone with their images, files and records together; the undelivered wait for their own bound', async () => {
  const { generations } = await opened();
  const all = await generations.find().lean();
  const filesOf = (videos: typeof all) =>
    videos.flatMap(({ references, outputs }) => [...references, ...outputs]).map(({ file }) => file);
  // Ilse closed her account: her video goes with it.
  const [delivered, waiting] = [
    all.filter((video) => video.deliveredAt || video.userId.equals(idOf('ilse'))),
    all.filter((video) => !video.deliveredAt && !video.userId.equals(idOf('ilse'))),
  ];
  expect([delivered.length, waiting.length]).toEqual([4, 3]);

  await afterDays(0.99);
  const left = await generations.find().lean();
  // One of those that wait was made six days before: its week ends within the rhythm of the sweep.
  expect(left.map(({ prompt }) => prompt).sort()).toEqual(['A bicycle learns to swim', 'A choir of radiators at dawn']);
  for (const file of filesOf(delivered)) expect(await the.media.has(file)).toBe(false);
  for (const file of filesOf(left)) expect(await the.media.has(file)).toBe(true);

  await afterDays(6);
  expect(await generations.countDocuments()).toBe(0);
  expect((await the.everything()).files).toBe('');
});

test('seedance-api.retention.logs-limited: an entry loses status and latency, then the address, and goes when bills need it no more', async () => {
  const { apiLogs, deliveries } = await opened();
  const userId = idOf('wren');
  const newest = async () => (await apiLogs.find({ userId }).sort({ at: -1 }).limit(1).lean())[0];
  const first = await newest();
  expect(Object.keys(first ?? {}).sort()).toEqual(
    ['_id', 'userId', 'at', 'endpoint', 'units', 'status', 'latencyMs', 'ip'].sort(),
  );

  await afterDays(29);
  expect(await newest()).toMatchObject({ _id: first?._id, endpoint: first?.endpoint, units: 5, ip: first?.ip });
  expect(await newest()).not.toHaveProperty('status');
  expect(await newest()).not.toHaveProperty('latencyMs');
  const limit = the.clock.now().getTime();
  for (const entry of await apiLogs.find().lean()) {
    const days = (limit - entry.at.getTime()) / DAY;
    expect(days).toBeLessThan(180);
    expect(entry.status === undefined || days < 30).toBe(true);
    expect(entry.ip === undefined || days < 90).toBe(true);
  }
  await afterDays(1);
  expect(await deliveries.countDocuments({ status: { $ne: null } })).toBe(0);

  await afterDays(59);
  expect(await newest()).toMatchObject({ _id: first?._id, endpoint: first?.endpoint, units: 5 });
  expect(await newest()).not.toHaveProperty('ip');
  await afterDays(91);
  expect(await apiLogs.countDocuments()).toBe(0);
  expect(await deliveries.countDocuments()).toBe(0);
});

test('seedance-api.retention.account-active: an account that was closed is gone a day later with its keys; one that is merely quiet stays for years', async () => {
  const { users, apiKeys, payments } = await opened();
  const [ilse, noor] = [idOf('ilse'), idOf('noor')];
  await afterDays(0.7);
  expect(await users.exists({ _id: ilse })).toBeNull();
  expect(await apiKeys.exists({ userId: ilse })).toBeNull();
  expect((await the.placesOf(ilse, 'ilse@example.net')).filter((name) => !name.startsWith('kept_'))).toEqual([]);
  // Her invoice stays for the tax office, without her.
  expect(await payments.countDocuments({ userId: null })).toBe(1);

  await afterDays(3 * 365);
  expect(await users.exists({ _id: noor })).not.toBeNull();
  expect(await apiKeys.exists({ userId: noor })).not.toBeNull();
});

test('seedance-api.contact.email: the text states no rights, and the lint says so; a request by mail is answered under the law of where the person lives', async () => {
  await opened();
  const stated = lint(the.kept.policy).findings.filter(({ code }) => code === 'NO_RIGHTS_STATED');
  expect(stated).toMatchObject([{ severity: 'warning', clause: 'seedance-api.contact.email' }]);

  // The pack falls back to the law of the Union; in Brazil an answer is due after fifteen days.
  const email = 'rui@example.org';
  const { id } = (await request(the.app).post('/v1/register').send({ email, name: 'Rui', country: 'BR' }).expect(201))
    .body;
  const erased = await the.eraseByMail({ id, email });
  expect(erased).toMatchObject({ status: 'fulfilled', regime: 'br-lgpd', dueOn: '2026-03-18', residue: { found: 0 } });
  expect((await the.placesOf(id, email)).filter((place) => !place.startsWith('kept_'))).toEqual([]);
  expect(the.mailer.sent.filter(({ to }) => to === email).at(-1)?.text).toMatch(/erased:\s+- API keys/);
});

test('a developer who asks by mail is erased from every collection and store; invoices stay without them, and the letter says why', async () => {
  const { payments } = await opened();
  const { id, email } = the.protagonist;
  expect(await the.placesOf(id)).toEqual(['apiKeys', 'apiLogs', 'deliveries', 'generations', 'payments', 'users']);
  const theirs = (await modelsOn(the.connection).generations.find({ userId: id }).lean()).flatMap((video) => [
    ...video.outputs,
    ...video.references,
  ]);
  expect(theirs).toHaveLength(5);

  const erased = await the.eraseByMail(the.protagonist);
  // The text promises no period: the month of the GDPR counts, and not thirty days.
  expect(erased).toMatchObject({ status: 'fulfilled', regime: 'eu-gdpr', dueOn: '2026-04-03', residue: { found: 0 } });
  const places = (await the.placesOf(id, email, 'Wren Halloran')).filter((name) => !name.startsWith('kept_'));
  expect(places).toEqual([]);
  for (const { file } of theirs) expect(await the.media.has(file)).toBe(false);
  expect(await payments.countDocuments({ userId: null })).toBe(3);
  expect(await payments.countDocuments({ userId: idOf('noor') })).toBe(1);

  const letter = the.mailer.sent.filter(({ to }) => to === email).at(-1)?.text ?? '';
  expect(letter).toContain('Art 17(3)(b) GDPR');
  expect(letter).toMatch(/2035/);
});
