import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type FigureTable, type Group, suppress } from '../../../packages/core/src/kernel/figures/suppress.ts';

const groupsOf = (sizes: readonly number[]): Group[] =>
  sizes.map((people, index) => ({ value: `v${index}`, people })).filter(({ people }) => people > 0);
const sum = (sizes: readonly number[]): number => sizes.reduce((all, each) => all + each, 0);
const tableOf = (sizes: readonly number[], minimum: number): FigureTable =>
  suppress(groupsOf(sizes), sum(sizes), minimum);

describe('what is left out', () => {
  test('a group below the minimum is not shown, and one at the minimum is', () => {
    expect(tableOf([40, 33, 10], 10)).toEqual({
      shown: [
        { value: 'v0', people: 40 },
        { value: 'v1', people: 30 },
        { value: 'v2', people: 10 },
      ],
      suppressed: 0,
      total: 80,
      minimumGroup: 10,
      roundedTo: 5,
    });
    expect(tableOf([40, 33, 10, 9], 10).shown.map(({ value }) => value)).toEqual(['v0', 'v1']);
  });

  test('the smallest of the others goes with it, and all that are as small', () => {
    expect(tableOf([40, 20, 12, 4], 10)).toMatchObject({ suppressed: 2, total: 75 });
    expect(tableOf([40, 12, 12, 4], 10)).toMatchObject({ suppressed: 3, shown: [{ value: 'v0', people: 40 }] });
  });

  test('where no group is shown nothing is told at all', () => {
    const nothing = { shown: [], minimumGroup: 10, roundedTo: 5 };
    expect(tableOf([4, 3], 10)).toEqual(nothing);
    expect(tableOf([12, 3], 10)).toEqual(nothing);
    expect(tableOf([], 10)).toEqual(nothing);
  });

  test('no number is exact, and none is more than there are', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 20 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 3, max: 30 }), (people, minimum) => {
        const { shown, total = 0, roundedTo } = tableOf(people, minimum);
        expect(roundedTo).toBeGreaterThan(1);
        for (const group of shown) {
          expect((group.people - minimum) % roundedTo).toBe(0);
          expect(group.people).toBeGreaterThanOrEqual(minimum);
          expect(group.people).toBeLessThanOrEqual(people[Number(String(group.value).slice(1))] ?? 0);
        }
        expect(total).toBeLessThanOrEqual(sum(people));
      }),
      { seed: 7 },
    );
  });
});

/**
 * What an attacker could do who has all the time in the world, and knows the method and every value: try all populations.
 * Small ones are enough of them. Nobody but who is counted knows whether a value is there at all.
 */
describe('what is left out cannot be worked out', () => {
  const sizesOf: Readonly<Record<number, number>> = { 1: 27, 2: 14, 3: 9, 4: 7 };
  const all = Object.entries(sizesOf).flatMap(([groups, most]) => fillings(Number(groups), most));

  test.each([3, 4, 5])('from one answer (minimum %d)', (minimum) => {
    for (const populations of byAnswer(all, minimum).values()) expectOpen(populations, minimum);
  });

  test.each([3, 4, 5])('from one answer by whoever knows the exact total too (minimum %d)', (minimum) => {
    const told = all.filter((sizes) => tableOf(sizes, minimum).total !== undefined);
    const answers = Map.groupBy(told, (sizes) => `${sum(sizes)} ${keyOf(sizes, minimum)}`);
    for (const populations of answers.values()) expectOpen(populations, minimum);
  });

  test.each([3, 4, 5])(
    'from two answers about the same people, counted by different things (minimum %d)',
    (minimum) => {
      const answers = byAnswer(all, minimum);
      // That they are about the same people is all that ties them: the sums that fit both remain.
      const sumsOf = new Map([...answers].map(([key, populations]) => [key, new Set(populations.map(sum))]));
      const seconds = [...new Set([...sumsOf.values()].map((sums) => [...sums].join()))];
      for (const [key, populations] of answers) {
        for (const second of seconds) {
          const both = new Set(
            second
              .split(',')
              .map(Number)
              .filter((one) => sumsOf.get(key)?.has(one)),
          );
          expectOpen(
            populations.filter((sizes) => both.has(sum(sizes))),
            minimum,
          );
        }
      }
    },
  );

  /** Of each group that is suppressed, more than one size is possible. That nobody has a value tells of nobody. */
  function expectOpen(populations: readonly number[][], minimum: number): void {
    const [first = []] = populations;
    const shown = new Set(tableOf(first, minimum).shown.map(({ value }) => value));
    for (const index of first.keys()) {
      const possible = new Set(populations.map((sizes) => sizes[index]));
      if (!shown.has(`v${index}`) && possible.size < 2 && !possible.has(0))
        throw new Error(`v${index} can only be ${[...possible]} in ${JSON.stringify(populations)}`);
    }
  }

  function byAnswer(populations: readonly number[][], minimum: number): Map<string, number[][]> {
    return Map.groupBy(populations, (sizes) => keyOf(sizes, minimum));
  }

  /** The answer, to somebody who knows which values there are. */
  function keyOf(sizes: readonly number[], minimum: number): string {
    return `${sizes.length} ${JSON.stringify(tableOf(sizes, minimum))}`;
  }

  /** All ways in which so many groups can be filled with up to `most` people each. */
  function fillings(groups: number, most: number): number[][] {
    if (groups === 0) return [[]];
    return fillings(groups - 1, most).flatMap((rest) => Array.from({ length: most + 1 }, (_, size) => [...rest, size]));
  }
});
