import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { beforeFind } from '../support/beforeFind.ts';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { anotherLead, leadOf, twoStaff } from './case.ts';

let the: Scene;
let kept: Kept;
let mara: Person;
let lead: string;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  lead = await leadOf(kept);
  mara = await aPerson(the, 'mara@example.org', { videos: 0, logs: 0, payments: 0 });
});
afterAll(() => the.close());

const outcome = async (purpose: string, category: string): Promise<string> =>
  (await kept.decide({ subject: mara.key, purpose, category })).outcome;
const letters = () => the.mailer.sent.filter(({ to }) => to === mara.address);

test('while restricted, data is stored and used for law and safety only; it ends once the person was told', async () => {
  const improve = ['improvement', 'usage.interaction'] as const;
  expect(await outcome(...improve)).toBe('permitted');
  const { _id } = await kept.restrictions.restrict(mara.key, 'accuracy-contested', 'staff-1');
  expect(await outcome(...improve)).toBe('forbidden');
  expect(await outcome('safety.abuse', 'log.network')).toBe('permitted');

  the.clock.forward({ days: 3 });
  await kept.restrictions.lift(_id, lead);
  expect(await kept.restrictions.advance()).toEqual({ lifted: 0 });
  expect([await outcome(...improve), letters()]).toEqual(['forbidden', []]);

  await kept.outbox.deliver();
  expect(letters().map(({ subjectLine }) => subjectLine)).toEqual(['Sdance AI will use your data again']);
  expect(await outcome(...improve)).toBe('forbidden');
  expect(await kept.restrictions.advance()).toEqual({ lifted: 1 });
  expect(await outcome(...improve)).toBe('permitted');
  expect(await kept.restrictions.history(mara.key)).toEqual([
    expect.objectContaining({ ground: 'accuracy-contested', until: the.clock.now() }),
  ]);
  // What the letter proves stands in the evidence.
  expect(await kept.outbox.list()).toEqual([]);
  await kept.evidence.sequence();
  const types = (await kept.evidence.entries()).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['RestrictionEnding', 'LetterSent', 'HoldLifted']));
});

test('asked twice, it stands once, and the letter goes out once', async () => {
  const first = await kept.restrictions.restrict(mara.key, 'objection-pending', 'staff-1');
  const again = await kept.restrictions.restrict(mara.key, 'objection-pending', 'staff-2');
  expect(again._id).toBe(first._id);
  const before = letters().length;
  await kept.restrictions.lift(first._id, lead);
  await kept.restrictions.lift(first._id, await anotherLead(kept));
  for (let round = 0; round < 3; round += 1) await kept.workOff();
  expect(letters()).toHaveLength(before + 1);
  expect(await outcome('improvement', 'usage.interaction')).toBe('permitted');
});

test('asked twice at once, it stands once, and again once it was lifted', async () => {
  const at = (ground: 'unlawful' | 'not-stated') => kept.restrictions.restrict('tom', ground, 'staff-1');
  const [one, other] = await Promise.all([at('not-stated'), at('not-stated')]);
  expect(other._id).toBe(one._id);
  await kept.restrictions.lift(one._id, lead, 'by telephone');
  const anew = await at('not-stated');
  expect(anew).not.toMatchObject({ _id: one._id });
  expect(anew.until).toBeUndefined();
  expect(await kept.restrictions.history('tom')).toHaveLength(2);
});

test('two workers at once write one letter', async () => {
  const { _id } = await kept.restrictions.restrict(mara.key, 'unlawful', 'staff-1');
  await kept.restrictions.lift(_id, lead);
  await kept.outbox.deliver();
  const before = letters().length;
  // The other one is done between this one's look at the restriction and its look for the letter.
  let isFirst = true;
  const other = await the.restart({
    control: {
      db: beforeFind(the.db, 'kept_outbox', async () => {
        if (isFirst) isFirst = (await kept.restrictions.advance()).lifted !== 1;
      }),
    },
  });
  await other.restrictions.advance();
  expect(isFirst).toBe(false);
  await kept.workOff();
  expect(letters()).toHaveLength(before);
});

test('nobody goes round the letter, and where none can be sent it is said how the person was told', async () => {
  const { _id } = await kept.restrictions.restrict('nobody-knows', 'unlawful', 'staff-1');
  await expect(kept.holds.lift(_id, 'staff-1')).rejects.toMatchObject({ code: 'RESTRICTION_REFUSED' });
  await expect(kept.restrictions.lift(_id, lead)).rejects.toMatchObject({ code: 'RESTRICTION_REFUSED' });
  const lifted = await kept.restrictions.lift(_id, lead, 'by telephone');
  expect(lifted).toMatchObject({ until: the.clock.now(), lifting: { told: 'by telephone' } });
});

test('it is lifted by a privacy lead in office, and by nobody else', async () => {
  const { _id } = await kept.restrictions.restrict('una', 'unlawful', 'staff-1');
  for (const by of [(await twoStaff(kept)).agent, 'staff-1', { $ne: '' } as never])
    await expect(kept.restrictions.lift(_id, by, 'by telephone')).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
  expect((await kept.restrictions.history('una'))[0]?.until).toBeUndefined();
});

test('it survives a restored database, without a name', async () => {
  await kept.restrictions.restrict(mara.key, 'needed-for-claims', 'staff-1');
  const entries = (await the.ledger.entries()).filter(({ kind }) => kind === 'restriction');
  expect(entries.at(-1)).toMatchObject({ detail: 'needed-for-claims' });
  expect(JSON.stringify(entries)).not.toContain(mara.key);
});

test.each([
  [{ $ne: null }, 'unlawful', 'staff-1', 'SUBJECT_INVALID'],
  ['ann', 'because', 'staff-1', 'RESTRICTION_INVALID'],
  ['ann', 'unlawful', { $gt: '' }, 'INPUT_INVALID'],
])('what is no subject, no ground, nobody (%j, %j, %j) is refused, and nothing is restricted', async (...input) => {
  const [subject, ground, by, code] = input as [never, never, never, string];
  await expect(kept.restrictions.restrict(subject, ground, by)).rejects.toMatchObject({ code });
});
