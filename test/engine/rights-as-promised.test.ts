import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import type { Edit } from '../kernel/policy/editedPack.ts';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { becomesActive, versionWith } from './newVersion.ts';

const within = (period: string): Edit => [
  'access: { executor: engine, respondWithin: P30D,',
  `access: { executor: engine, respondWithin: ${period},`,
];

let the: Scene;
let kept: Kept;
let people: Record<'ann' | 'bo', Person>;

beforeEach(async () => {
  the = await scene({ policy: versionWith(1, within('P7D')) });
  kept = the.kept;
  people = { ann: await aPerson(the, 'ann@example.org'), bo: await aPerson(the, 'bo@example.org') };
});
afterEach(() => the.close());

async function asks(
  subject: string | undefined,
  address: string,
): Promise<Awaited<ReturnType<Kept['requests']['open']>>> {
  return kept.requests.open({
    right: 'access',
    channel: subject ? 'app' : 'staff',
    ...(subject && { subject }),
    address,
    text: 'a copy, please',
  });
}

test('a longer period to answer in holds for nobody who has not accepted it, and for nobody unknown', async () => {
  const early = await asks(people.ann.key, people.ann.address);
  expect(early.dueOn).toBe('2026-03-10');
  await becomesActive(the, kept, versionWith(2, within('P21D')));
  await kept.policies.accept(people.ann.key, 'privacy page');

  // Received on the fourth of March.
  expect((await asks(people.bo.key, people.bo.address)).dueOn).toBe('2026-03-11');
  expect((await asks(undefined, 'stranger@example.org')).dueOn).toBe('2026-03-11');
  expect((await kept.requests.clock(early)).promiseDue).toBe('2026-03-10');
  await kept.policies.accept(people.bo.key, 'privacy page');
  const late = { ...early, receivedAt: the.clock.now() };
  expect((await kept.requests.clock(late)).promiseDue).toBe('2026-03-25');
});
