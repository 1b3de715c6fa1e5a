import { expect, test } from '@jest/globals';
import { type Edit, mistakesOf } from './editedPack.ts';

/** What is wrong, the edit that makes it so, and the mistake that must be found with its remedy. */
export type Row = readonly [
  what: string,
  edits: { policy?: readonly Edit[]; inventory?: readonly Edit[] },
  code: string,
  says: RegExp,
  remedy: RegExp,
];

const videos = 'keep: { atMost: P30D, from: notice }\n    since: generated';

/** Another period for the rule of generated videos. */
export function videosWith(keep: string): Edit {
  return [videos, `keep: ${keep}\n    since: generated`];
}

/** One test a row. */
export function refusals(rows: readonly Row[]): void {
  test.each(rows)('%s is refused', (_what, edits, code, says, remedy) => {
    const found = mistakesOf(edits).filter((one) => one.code === code && says.test(one.message));
    expect(found).not.toEqual([]);
    expect(found[0]?.remedy).toMatch(remedy);
    expect(found[0]?.line).toBeGreaterThan(1);
  });
}
