import { describe, expect, test } from '@jest/globals';
import { classifyCounting, MOST_STEPS } from '../../../packages/core/src/kernel/classify/classify.ts';
import { english } from './scene.ts';

const MEGABYTE = 1024 * 1024;
const fill = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length);

function work(text: string): { steps: number; partial: boolean; rights: string[] } {
  const steps = { count: 0 };
  const { partial, rights } = classifyCounting({ subjectLine: '', text, from: 'ann@example.com' }, english, steps);
  return { steps: steps.count, partial, rights: rights.map(({ right }) => right) };
}

const hostile = [
  'delete ',
  'delete all my ',
  'do not do you want to if you ',
  'please stop using my data to ',
  'delet acont plese evrything ',
  'a@',
  '> ',
  'On x wrote\n',
  'From: a@b.example\n',
  "a'",
  'my email is a@b.example ',
  '\n',
  'e\u0301',
];

describe('a text made to be slow', () => {
  test.each(hostile)(
    'of a megabyte of %j takes a bounded number of steps, and says that a person has to look',
    (text) => {
      const { steps, partial } = work(fill(text, MEGABYTE));
      expect(partial).toBe(true);
      // What runs after the limit is one pass over what is read of the text.
      expect(steps).toBeLessThan(MOST_STEPS * 1.5);
    },
  );

  test.each(hostile)('takes about twice the steps when it is twice as long: %j', (text) => {
    const once = work(fill(text, 4_000)).steps;
    const twice = work(fill(text, 8_000)).steps;
    expect(twice).toBeLessThan(once * 2.5 + 1_000);
  });
});

describe('a long text that is only long', () => {
  const talk = 'We went to the shop and bought some bread, then it rained the whole day long. ';

  test('is read whole up to its limit', () => {
    expect(work(`${fill(talk, 100_000)}\nPlease delete my account.`)).toMatchObject({
      partial: false,
      rights: ['erasure'],
    });
  });

  test('is read at its head and its tail beyond it', () => {
    expect(work(`${fill(talk, MEGABYTE)}\nPlease delete my account.`)).toMatchObject({
      partial: true,
      rights: ['erasure'],
    });
    expect(work(`Please delete my account.\n${fill(talk, MEGABYTE)}`)).toMatchObject({
      partial: true,
      rights: ['erasure'],
    });
  });
});
