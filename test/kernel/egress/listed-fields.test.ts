import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import {
  demandBounded,
  MOST_LEVELS,
  MOST_SIZE,
  MOST_TEXT,
  MOST_VALUES,
} from '../../../packages/core/src/kernel/egress/demandBounded.ts';
import { listedLeaves } from '../../../packages/core/src/kernel/egress/listedLeaves.ts';
import { payloadOf } from '../../../packages/core/src/kernel/egress/payloadOf.ts';
import type { EgressField } from '../../../packages/core/src/kernel/policy/egressRule.ts';

const fields: EgressField[] = [
  { path: 'prompt', category: 'generation.prompt' },
  { path: 'options.style', category: 'generation.settings' },
  { path: 'images[].url', category: 'generation.reference' },
  { path: 'tags[]', category: 'generation.settings' },
  { path: 'grid[][]', category: 'generation.settings' },
  { path: 'photo', category: 'generation.reference', media: 'bytes' },
];
const left = (body: unknown): unknown => payloadOf(listedLeaves(body, fields).leaves);
const unlisted = (body: unknown): number => listedLeaves(body, fields).unlisted;

describe('what a list of fields lets through', () => {
  test('single values at the paths that it names, in lists too, and nothing beside them', () => {
    const body = {
      prompt: 'a boat',
      options: { style: 'oil', secret: 1 },
      images: [{ url: 'a', owner: 'x' }, { owner: 'y' }, { url: 'b' }, 'c'],
      tags: ['sea', 1, null, true],
      grid: [[1, 2], [3]],
      user: { prompt: 'x' },
    };
    expect(left(body)).toEqual({
      prompt: 'a boat',
      options: { style: 'oil' },
      images: [{ url: 'a' }, { url: 'b' }],
      tags: ['sea', 1, null, true],
      grid: [[1, 2], [3]],
    });
    expect(listedLeaves(body, fields).names).toEqual(['images.[]', 'images.[].owner', 'options.secret', 'user']);
    expect(unlisted(body)).toBe(5);
  });

  test('nothing where a value is expected and something else stands', () => {
    for (const prompt of [
      { a: 1 },
      ['a'],
      new Map([['a', 1]]),
      new Set(['a']),
      () => 1,
      Symbol('a'),
      1n,
      Number.NaN,
      new String('a'),
      /a/,
      new Uint8Array(2),
    ]) {
      expect([left({ prompt }), unlisted({ prompt })]).toEqual([{}, 1]);
    }
  });

  test('dates and bytes, as they are, bytes only where a file is meant', () => {
    const at = new Date(0);
    const sent = left({ prompt: at, photo: Buffer.from('x') }) as { prompt: Date; photo: Uint8Array };
    expect(sent.prompt).toEqual(at);
    expect(sent.prompt).not.toBe(at);
    expect(sent.photo).toEqual(Uint8Array.of(120));
    expect(left({ photo: 'x' })).toEqual({});
    expect(left({ prompt: new Date(Number.NaN) })).toEqual({});
  });

  test('no key that a language or a database takes for something else', () => {
    const body = JSON.parse(
      '{"__proto__":{"prompt":"x"},"constructor":{"prompt":"x"},"$where":"x","options.style":"x","options":{"__proto__":{"style":"x"}}}',
    );
    expect(left(body)).toEqual({});
    expect(unlisted(body)).toBe(5);
    expect(({} as { prompt?: string }).prompt).toBeUndefined();
  });

  test('nothing that is inherited, hidden, or would have to be run', () => {
    let ran = 0;
    const body = Object.create(null, {
      prompt: { enumerable: true, get: () => (ran += 1) },
      options: { enumerable: true, value: Object.create({ style: 'inherited' }) },
      tags: { enumerable: false, value: ['hidden'] },
      toJSON: { enumerable: true, value: () => (ran += 1) },
      [Symbol('images')]: { enumerable: true, value: [{ url: 'x' }] },
    });
    class Wish {
      prompt = 'of a class';
      toJSON(): unknown {
        ran += 1;
        return { prompt: 'x' };
      }
    }
    expect(left(body)).toEqual({});
    expect(left(new Wish())).toEqual({});
    expect(left(Object.defineProperty([], 0, { enumerable: true, get: () => (ran += 1) }))).toEqual({});
    expect(ran).toBe(0);
  });

  test('objects of another realm as well as ours', () => {
    expect(left(runInNewContext('({ prompt: "a", tags: ["b"], options: { style: new Date(0) } })'))).toEqual({
      prompt: 'a',
      tags: ['b'],
      options: { style: new Date(0) },
    });
  });

  test('as a fresh object: the body stays as it is, frozen or not', () => {
    const body = Object.freeze({ prompt: 'a', tags: Object.freeze(['b']), other: 1 });
    const sent = left(body) as { tags: string[] };
    sent.tags.push('c');
    expect(body).toEqual({ prompt: 'a', tags: ['b'], other: 1 });
  });
});

describe('a body that would take long to judge is refused', () => {
  const nested = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1);
  const circle: { self?: unknown } = {};
  circle.self = circle;
  const bomb = Array.from({ length: 40 }).reduce<unknown>((inner) => [inner, inner], 1);

  test.each([
    ['with more levels', nested(MOST_LEVELS + 1)],
    ['that leads back to itself', circle],
    ['that doubles at each level', bomb],
    ['with more values', Array.from({ length: MOST_VALUES + 1 }, () => 1)],
    ['with more keys', Object.fromEntries(Array.from({ length: MOST_VALUES + 1 }, (_, n) => [n, 1]))],
    ['with more text', ['x'.repeat(MOST_SIZE), 'x']],
    ['with longer keys', { ['x'.repeat(MOST_SIZE + 1)]: 1 }],
    ['with more bytes', { file: new Uint8Array(MOST_SIZE + 1) }],
    ['of endless length', Object.assign([], { length: 2 ** 32 - 1 })],
  ])('%s', (_what, body) => {
    expect(() => demandBounded(body)).toThrow(expect.objectContaining({ code: 'EGRESS_INVALID' }));
  });

  test('and one with more text in its fields than can be searched, files apart', () => {
    const long = 'x'.repeat(MOST_TEXT);
    expect(() => listedLeaves({ prompt: long, tags: ['x'] }, fields)).toThrow(
      expect.objectContaining({ code: 'EGRESS_INVALID' }),
    );
    expect(listedLeaves({ prompt: long, photo: new Uint8Array(2 * MOST_TEXT), more: 'x' }, fields).leaves).toHaveLength(
      2,
    );
  });

  test('and one at the limits is not', () => {
    expect(() => demandBounded(nested(MOST_LEVELS))).not.toThrow();
    expect(() => demandBounded('x'.repeat(MOST_SIZE))).not.toThrow();
    expect(() => demandBounded(Array.from({ length: MOST_VALUES - 1 }, () => 1))).not.toThrow();
    expect(() => demandBounded(undefined)).not.toThrow();
  });
});
