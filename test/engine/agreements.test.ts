import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Kept, Policy } from '@kept/core';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { twoStaff } from './case.ts';
import { becomesActive, versionWith } from './newVersion.ts';

const SIGNED = 'agreement: { reference: DPA-FAL-1, signed: 2026-01-12, expires: 2030-12-31 }';
const until = (version: number, day: string): Policy =>
  versionWith(version, [SIGNED, SIGNED.replace('2030-12-31', day)]);

let the: Scene;
let kept: Kept;
let mara: Person;

beforeAll(async () => {
  the = await scene({ policy: until(1, '2026-06-30') });
  kept = the.kept;
  mara = await aPerson(the, 'mara@example.org', { videos: 0, logs: 0, payments: 0 });
});
afterAll(() => the.close());

const said = async (): Promise<string[]> =>
  (await kept.findings.open())
    .filter(({ code }) => /AGREEMENT/.test(code))
    .map(({ code, severity, text }) => `${code} ${severity} ${/\d+ days/.exec(text)?.[0] ?? 'over'}`);
const on = async (day: string): Promise<string[]> => {
  the.clock.set(new Date(`${day}T10:00:00Z`));
  await kept.recipients.review();
  return said();
};
const toModel = async (): Promise<string> => {
  const question = { purpose: 'service.generation', category: 'generation.prompt', recipient: 'fal-ai' };
  return (await kept.decide({ subject: mara.key, ...question, generation: 'g1' })).outcome;
};

test('sdance-ai.recipient.models: an agreement’s end is told of 60, 30 and 7 days before, and after it everything is denied until it is renewed', async () => {
  expect(await on('2026-04-30')).toEqual([]);
  expect(await on('2026-05-01')).toEqual(['AGREEMENT_EXPIRING warning 60 days']);
  expect(await on('2026-05-30')).toEqual(['AGREEMENT_EXPIRING warning 60 days']);
  expect(await on('2026-05-31')).toEqual(['AGREEMENT_EXPIRING warning 30 days']);
  expect(await on('2026-06-23')).toEqual(['AGREEMENT_EXPIRING error 7 days']);
  expect(await on('2026-06-30')).toEqual(['AGREEMENT_EXPIRING error 7 days']);
  expect(await toModel()).toBe('permitted');

  expect(await on('2026-07-01')).toEqual(['AGREEMENT_EXPIRED error over']);
  expect(await toModel()).toBe('forbidden');

  await becomesActive(the, kept, until(2, '2027-06-30'));
  await kept.recipients.review();
  expect(await said()).toEqual([]);
  expect(await toModel()).toBe('permitted');
});

test('who resolved a finding is not asked again before the next step', async () => {
  const [day, next] = ['2027-05-01', '2027-06-01'];
  expect(await on(day)).toHaveLength(1);
  const { lead } = await twoStaff(kept);
  for (const { _id, code } of await kept.findings.open())
    if (code === 'AGREEMENT_EXPIRING') await kept.findings.resolve(_id, lead);
  expect(await on('2027-05-02')).toEqual([]);
  expect(await on(next)).toEqual(['AGREEMENT_EXPIRING warning 30 days']);
});

test('a recipient that needs an agreement and has none is told of, and gets nothing', async () => {
  await becomesActive(the, kept, versionWith(3, [`    ${SIGNED}\n`, '']));
  await kept.recipients.review();
  expect((await kept.findings.open()).map(({ code, place }) => `${code} ${place}`)).toContain(
    'RECIPIENT_WITHOUT_AGREEMENT recipients.fal-ai',
  );
  expect(await toModel()).toBe('forbidden');
});
