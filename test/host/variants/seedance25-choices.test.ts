import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import { again, leadOf, twoStaff } from '../../engine/case.ts';
import { asking } from './asking.ts';
import { makes, openSeedance25, type Seedance25 } from './openSeedance25.ts';

let the: Seedance25;
const { asks, subjectsTo, lastTo } = asking(() => the);
const who = (key: string): SeededPerson => the.person(key);

beforeAll(async () => {
  the = await openSeedance25('seedance25_choices');
});
afterAll(() => the.close());

test('seedance25.right.object: an objection by mail to improvement and to analytics is heeded at once and for good, and the service goes on', async () => {
  const petra = who('petra');
  const reasons = async () => {
    const question = { subject: petra.id, purpose: 'analytics.usage', category: 'usage.interaction' };
    return (await the.kept.decide(question)).because.map(({ clause }) => clause);
  };
  expect(await reasons()).not.toContain('seedance25.right.object');
  expect(await the.may(petra, 'improvement', 'usage.interaction')).toBe('permitted');
  const request = await asks(petra, 'I object to the use of my data for analytics and to improve your service.');
  expect(request).toMatchObject({ right: 'objection', status: 'verified' });
  const denied = async () => {
    expect(await the.may(petra, 'improvement', 'usage.interaction')).toBe('forbidden');
    expect(await reasons()).toContain('seedance25.right.object');
    expect(await the.may(petra, 'service.generation', 'generation.prompt')).toBe('permitted');
    expect(await makes(await the.signedIn(petra), 'A heron on the roof')).toBe(303);
  };
  await denied();

  const { lead } = await twoStaff(the.kept);
  const why = {
    outcome: 'upheld',
    interests: 'Fewer figures.',
    reasons: 'Nothing compels us.',
    article: 'Art 21(1)',
  } as const;
  const balances = ['analytics.acquisition', 'analytics.usage', 'improvement'].map((purpose) => ({ purpose, ...why }));
  await the.kept.requests.decide(request._id, lead, { right: 'objection', balances });
  await the.kept.workOff();
  expect(await again(the.kept, request._id)).toMatchObject({ status: 'fulfilled' });
  expect(await lastTo(petra)).toMatch(/stopped using your data for:.*visitors use the service.*Improving the service/s);
  await denied();
});

test('seedance25.right.restrict: nothing but storage and what the law excepts, nothing deleted meanwhile, and its end is told before it comes', async () => {
  const yara = who('yara');
  await makes(await the.signedIn(yara), 'A slow train');
  await asks(yara, 'Please restrict the processing of my data. The name you hold is wrong.');
  const [hold] = await the.kept.restrictions.history(yara.id);
  expect(hold).toMatchObject({ ground: 'accuracy-contested' });
  for (const { name, categories, allowedUnderRestriction = false } of the.kept.policy.purposes) {
    const outcomes = await Promise.all(categories.map((category) => the.may(yara, name, category)));
    expect([name, outcomes.includes('permitted')]).toEqual([name, allowedUnderRestriction]);
  }
  const browser = await the.signedIn(yara);
  expect(await makes(browser, 'A slow boat')).toBe(403);

  const kept = () => the.models.interactions.countDocuments({ userId: yara.id });
  const interactions = await kept();
  the.clock.forward({ days: 400 });
  await the.kept.workOff();
  expect(await the.models.interactions.countDocuments({ userId: { $ne: yara.id } })).toBe(0);
  expect(await kept()).toBe(interactions);

  await the.kept.restrictions.lift(hold?._id ?? '', await leadOf(the.kept));
  expect(await the.kept.restrictions.advance()).toEqual({ lifted: 0 });
  expect(await the.may(yara, 'service.generation', 'generation.prompt')).toBe('forbidden');
  await the.kept.outbox.deliver();
  expect((await subjectsTo(yara)).at(-1)).toBe('Seedance 2.5 will use your data again');
  expect(await the.may(yara, 'service.generation', 'generation.prompt')).toBe('forbidden');
  expect(await the.kept.restrictions.advance()).toEqual({ lifted: 1 });
  expect(await the.may(yara, 'service.generation', 'generation.prompt')).toBe('permitted');
  await the.kept.retention.sweep();
  expect(await kept()).toBe(0);
});
