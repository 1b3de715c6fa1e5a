import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { guardUpdate } from '../../../packages/core/src/kernel/guard/guardUpdate.ts';
import { lookAt } from '../../../packages/core/src/kernel/guard/look.ts';
import { lookAtRecord } from '../../../packages/core/src/kernel/guard/lookThrough.ts';
import { type WriteRules, writeRules } from '../../../packages/core/src/kernel/guard/writeRules.ts';

const CARD = '4111 1111 1111 1111';
const runs = { seed: 20261121, numRuns: 500 };

let rules: (unlisted: WriteRules['unlisted']) => WriteRules;
let named: readonly string[];

beforeAll(async () => {
  const policy = await loadPack('sdance-ai');
  const users = policy.inventory.collections.find(({ name }) => name === 'users');
  if (!users) throw new Error('The pack has no users');
  named = [...users.fields.map(({ path }) => path.replaceAll('[]', '')), '_id'];
  rules = (unlisted) => ({ ...writeRules(policy, users, () => 'enforce'), unlisted });
});

/** Names that the inventory has, and others that look like them. */
const name = fc.constantFrom(
  'email',
  'identities',
  'provider',
  'name',
  'nickname',
  'seenAt',
  'Email',
  'name2',
  '_id',
  'x',
);
const leaf = fc.oneof(
  fc.string({ maxLength: 8 }).map((text) => text.replace(/\d/g, '')),
  fc.boolean(),
  fc.constant(null),
  fc.nat(9_999),
);
const value = fc.letrec<{ any: unknown; record: Record<string, unknown> }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('record'),
    fc.array(tie('any'), { maxLength: 3 }),
  ),
  record: fc.dictionary(name, tie('any'), { maxKeys: 4 }),
}));

/** Dotted paths of all single values, lists aside. */
function pathsOf(at: unknown, before: readonly string[] = []): string[] {
  if (Array.isArray(at)) return at.flatMap((each) => pathsOf(each, before));
  if (typeof at === 'object' && at !== null) {
    return Object.entries(at).flatMap(([step, inner]) => pathsOf(inner, [...before, step]));
  }
  return at === null ? [] : [before.join('.')];
}

const isNamed = (path: string): boolean => named.some((known) => path === known || path.startsWith(`${known}.`));

test('whatever a record holds: stripped, it keeps all that is named and nothing else', () => {
  fc.assert(
    fc.property(value.record, (record) => {
      const kept = pathsOf(lookAtRecord(lookAt(rules('strip')), record));
      expect(kept).toEqual(pathsOf(record).filter(isNamed));
    }),
    runs,
  );
});

test('a record is refused exactly where stripping it would take something out; reported, it is as it was', () => {
  fc.assert(
    fc.property(value.record, (record) => {
      const before = structuredClone(record);
      const isClean = lookAtRecord(lookAt(rules('strip')), record) === record;
      const write = (): object => lookAtRecord(lookAt(rules('refuse')), record);
      if (isClean) expect(write()).toBe(record);
      else expect(write).toThrow(/does not name/);
      expect(lookAtRecord(lookAt(rules('report')), record)).toBe(record);
      expect(record).toEqual(before);
    }),
    runs,
  );
});

test('a card number is refused wherever it stands, in a record as in an update of its fields', () => {
  const planted = fc.tuple(value.record, fc.array(name, { minLength: 1, maxLength: 5 }), fc.boolean());
  fc.assert(
    fc.property(planted, ([record, steps, inList]) => {
      const [first = 'x', ...rest] = steps;
      const card = rest.reduceRight<unknown>((inner, step) => ({ [step]: inner }), inList ? [CARD] : `to ${CARD}.`);
      for (const unlisted of ['refuse', 'strip', 'report'] as const) {
        expect(() => lookAtRecord(lookAt(rules(unlisted)), { ...record, [first]: card })).toThrow(
          /Nothing was written/,
        );
        expect(() => guardUpdate(lookAt(rules(unlisted)), { $set: { [first]: card } })).toThrow(/Nothing was written/);
        expect(() => guardUpdate(lookAt(rules(unlisted)), [{ $set: { [first]: card } }])).toThrow(
          /Nothing was written/,
        );
      }
    }),
    runs,
  );
});
