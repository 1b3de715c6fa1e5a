import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Kept, SweepReport } from '@kept/core';
import { aPerson, DAY, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { PASSWORD, twoStaff } from './case.ts';

const RULE = 'generated-videos';

let the: Scene;
let kept: Kept;
let mara: Person;
let agent: string;
let lead: string;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  ({ agent, lead } = await twoStaff(kept));
});
beforeEach(async () => {
  for (const name of ['users', 'generations', 'kept_approvals', 'kept_findings'])
    await the.db.collection(name).deleteMany({});
  mara = await aPerson(the, 'mara@example.org', { videos: 0, logs: 0, payments: 0 });
  await old(1000);
  await sweep();
});
afterAll(() => the.close());

async function old(count: number): Promise<void> {
  const createdAt = new Date(the.clock.now().getTime() - 31 * DAY);
  const many = Array.from({ length: count }, () => ({ userId: mara.id, outputs: [], references: [], createdAt }));
  await the.db.collection('generations').insertMany(many);
}
const sweep = async (): Promise<SweepReport | undefined> => (await kept.retention.sweep({ rule: RULE }))[0];
const left = (): Promise<number> => the.db.collection('generations').countDocuments();
const codes = async (): Promise<string[]> => (await kept.findings.open()).map(({ code }) => code);

test('a stopped sweep says what would go, and nothing goes until two people have signed, a privacy lead among them', async () => {
  expect(await kept.retention.stops()).toMatchObject([
    { rule: RULE, stop: { collection: 'generations', due: 1000, total: 1000 }, signatures: [] },
  ]);
  await kept.retention.allow(RULE, agent, 'An import of old videos.');
  expect((await sweep())?.stopped).toContain('1000 of 1000');
  expect(await left()).toBe(1000);

  await kept.retention.allow(RULE, lead, 'I looked at ten of them.');
  expect(await sweep()).toMatchObject({ collections: [{ collection: 'generations', due: 1000, erased: 1000 }] });
  expect(await left()).toBe(0);
});

test('once it went through, the stop and its finding are gone, and run and evidence tell who allowed it and why', async () => {
  expect(await codes()).toContain('SWEEP_TOO_LARGE');
  await kept.retention.allow(RULE, lead, 'An import.');
  await kept.retention.allow(RULE, agent, 'The same.');
  the.clock.forward({ hours: 6 });
  await sweep();
  expect([await kept.retention.stops(), await codes()]).toEqual([[], []]);
  expect((await kept.retention.runs({ rule: RULE, limit: 1 }))[0]?.allowedBy).toEqual([lead, agent]);

  await kept.evidence.sequence();
  const entries = await kept.evidence.entries({ kind: 'approvals', id: `sweep:sdance-ai:${RULE}` });
  expect(entries.map(({ type }) => type).slice(-4)).toEqual([
    'SweepStopped',
    'SweepAllowed',
    'SweepAllowed',
    'SweepStopEnded',
  ]);
  const details = await the.db.collection('kept_evidenceDetails').find({}).toArray();
  const told = JSON.stringify(details.map((each) => each.details));
  expect(told).toContain(`"allowed":[{"by":"${lead}","reason":"An import."},{"by":"${agent}","reason":"The same."}]`);
  expect(await kept.evidence.verify()).toMatchObject({ ok: true });
});

test('it goes through once: as much again stops again', async () => {
  await kept.retention.allow(RULE, lead, 'An import.');
  await kept.retention.allow(RULE, agent, 'The same.');
  await sweep();
  await old(1000);
  expect((await sweep())?.stopped).toContain('1000 of 1000');
  expect([await left(), await codes()]).toEqual([1000, ['SWEEP_TOO_LARGE']]);
});

test('the same person twice is one person', async () => {
  await kept.retention.allow(RULE, lead, 'An import.');
  const again = kept.retention.allow(RULE, lead, 'Still an import.');
  await expect(again).rejects.toMatchObject({ code: 'SWEEP_CONFLICT', remedy: 'A second person must sign.' });
  await sweep();
  expect(await left()).toBe(1000);
});

test('two agents are not enough; a lead who signs after them is', async () => {
  const bo = await kept.staff.add({ email: 'bo@kept.test', name: 'Bo', role: 'agent', password: PASSWORD });
  await kept.retention.allow(RULE, agent, 'An import.');
  await kept.retention.allow(RULE, bo._id, 'The same.');
  await sweep();
  expect(await left()).toBe(1000);
  await kept.retention.allow(RULE, lead, 'Seen.');
  await sweep();
  expect(await left()).toBe(0);
});

test('a signature is void after 24 hours, and may be given anew', async () => {
  await kept.retention.allow(RULE, lead, 'An import.');
  the.clock.forward({ hours: 23 });
  await kept.retention.allow(RULE, agent, 'The same.');
  the.clock.forward({ hours: 1 });
  await sweep();
  expect(await left()).toBe(1000);
  expect((await kept.retention.stops())[0]?.signatures.map(({ by }) => by)).toEqual([agent]);
  await kept.retention.allow(RULE, lead, 'Once more.');
  await sweep();
  expect(await left()).toBe(0);
});

test('a tenth more may have come due since; more than that voids what was signed', async () => {
  await kept.retention.allow(RULE, lead, 'An import.');
  await kept.retention.allow(RULE, agent, 'The same.');
  await old(101);
  expect((await sweep())?.stopped).toContain('1101 of 1101');
  expect([await left(), (await kept.retention.stops())[0]?.signatures]).toEqual([1101, []]);

  await kept.retention.allow(RULE, lead, 'Seen.');
  await kept.retention.allow(RULE, agent, 'Seen.');
  await old(100);
  await sweep();
  expect(await left()).toBe(0);
});

test.each(['lead', 'agent'] as const)('a %s who left office counts no longer, though they had signed', async (role) => {
  const cy = await kept.staff.add({ email: `cy-${role}@kept.test`, name: 'Cy', role, password: PASSWORD });
  await kept.retention.allow(RULE, role === 'lead' ? agent : lead, 'An import.');
  await kept.retention.allow(RULE, cy._id, 'The same.');
  const staff = the.db.collection<{ _id: string }>('kept_staff');
  await staff.updateOne({ _id: cy._id }, { $set: { disabledAt: the.clock.now() } });
  await sweep();
  expect(await left()).toBe(1000);
  await expect(kept.retention.allow(RULE, cy._id, 'Again.')).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
});

test('nobody signs for nothing: without a stop, without a reason, or for counts that have changed since they were shown', async () => {
  const refusal = (code: string) => expect.objectContaining({ code });
  await expect(kept.retention.allow('api-logs', lead, 'An import.')).rejects.toEqual(refusal('SWEEP_CONFLICT'));
  await expect(kept.retention.allow(RULE, lead, ' ')).rejects.toEqual(refusal('REASON_INVALID'));
  await expect(kept.retention.allow(RULE, 'nobody', 'An import.')).rejects.toEqual(refusal('APPROVAL_REFUSED'));
  const seen = { collection: 'generations', due: 999 };
  await expect(kept.retention.allow(RULE, lead, 'An import.', seen)).rejects.toEqual(refusal('SWEEP_CONFLICT'));
});

test('half of a collection is not too much: it goes without a signature', async () => {
  const createdAt = the.clock.now();
  const young = Array.from({ length: 1000 }, () => ({ userId: mara.id, outputs: [], references: [], createdAt }));
  await the.db.collection('generations').insertMany(young);
  expect(await sweep()).toMatchObject({ collections: [{ due: 1000, erased: 1000 }] });
  expect(await left()).toBe(1000);
});

test('a stop that ended by itself leaves no finding and no signature behind', async () => {
  await kept.retention.allow(RULE, lead, 'An import.');
  await the.db.collection('generations').updateMany({}, { $set: { savedAt: the.clock.now() } });
  await sweep();
  expect([await left(), await kept.retention.stops(), await codes()]).toEqual([1000, [], []]);
});
