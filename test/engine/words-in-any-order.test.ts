import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { START, scene } from '../support/scene.ts';

let people = 0;
/** A clock that goes back as well. */
let at = START.getTime();
const pass = (seconds: number): void => {
  at += seconds * 1_000;
};
const the = await scene({ clock: { now: () => new Date(at) } });
const { kept } = the;
afterAll(() => the.close());

/** What can happen to a person's training: said, signalled, or done by a clock. */
const happening = fc.constantFrom(
  'give',
  'withdraw',
  'object',
  'object to the whole',
  'take back',
  'signal',
  'a second passes',
  'the clock goes back an hour',
);

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

async function happen(subject: string, what: Happening): Promise<void> {
  if (what === 'give') await kept.consents.give(subject, 'analytics-cookies', 'test');
  if (what === 'withdraw') await kept.consents.withdraw(subject, 'analytics-cookies', 'test');
  if (what === 'object') await kept.objections.object(subject, 'analytics.usage', 'test');
  if (what === 'object to the whole') await kept.objections.object(subject, 'analytics', 'test');
  if (what === 'take back') await kept.objections.withdraw(subject, 'analytics.usage', 'test');
  if (what === 'signal') await kept.signals.heed(subject);
  if (what === 'a second passes') pass(1);
  if (what === 'the clock goes back an hour') pass(-3_600);
}

/** Told in the order in which it was said, whatever the clocks: only a yes after the last no opens it. */
function mayPass(story: readonly Happening[]): boolean {
  const isFirstSignal = (at: number): boolean => story.indexOf('signal') === at;
  const noes: readonly Happening[] = ['withdraw', 'object', 'object to the whole'];
  const lastNo = story.findLastIndex((each, at) => noes.includes(each) || (each === 'signal' && isFirstSignal(at)));
  return story.lastIndexOf('give') > lastNo;
}

const question = { purpose: 'analytics.usage', category: 'log.cookie' };

test('no order of consents, objections, signals and clocks lets a use pass that was withdrawn', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 9 }), async (story) => {
      people += 1;
      const subject = `person-${people}`;
      for (const [index, each] of story.entries()) {
        await happen(subject, each);
        const { outcome } = await kept.decide({ ...question, subject });
        if (outcome === 'permitted')
          expect([story.slice(0, index + 1), mayPass(story.slice(0, index + 1))]).toEqual([
            story.slice(0, index + 1),
            true,
          ]);
      }
    }),
    { seed: 7025, numRuns: 120 },
  );
});

test('with a clock that goes on, exactly a yes after the last no lets it pass', async () => {
  const words = happening.filter((each) => !each.includes('clock') && !each.includes('passes'));
  await fc.assert(
    fc.asyncProperty(fc.array(words, { maxLength: 8 }), async (story) => {
      people += 1;
      const subject = `person-${people}`;
      for (const each of story) {
        await happen(subject, each);
        pass(1);
      }
      // An objection that still stands forbids, even where a consent was given after it.
      const { outcome } = await kept.decide({ ...question, subject });
      expect([story, outcome === 'permitted']).toEqual([story, mayPass(story)]);
    }),
    { seed: 7026, numRuns: 80 },
  );
});

test('a clock that jumps back changes no earlier answer: what was withdrawn stays withdrawn, and later words count after it', async () => {
  await kept.consents.give('ann', 'training', 'test');
  pass(7_200);
  await kept.consents.withdraw('ann', 'training', 'test');
  const ask = async (): Promise<string> =>
    (await kept.decide({ subject: 'ann', purpose: 'training', category: 'generation.output' })).outcome;
  expect(await ask()).toBe('forbidden');
  pass(-3_600);
  expect(await ask()).toBe('forbidden');
  await kept.consents.give('ann', 'training', 'test');
  await kept.consents.withdraw('ann', 'training', 'test');
  expect(await ask()).toBe('forbidden');
  pass(7_200);
  expect(await ask()).toBe('forbidden');
  const times = (await kept.consents.history('ann')).map((each) => each.at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});
