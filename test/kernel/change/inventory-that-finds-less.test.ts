import { beforeAll, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { diffPolicies } from '../../../packages/core/src/kernel/change/diffPolicies.ts';
import type { Collection, Field } from '../../../packages/core/src/kernel/policy/inventory.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';

let first: Policy;

beforeAll(async () => {
  first = await loadPack('sdance-ai');
});

function said(name: string, change: (collection: Collection) => Partial<Collection> | undefined): string[] {
  const collections = first.inventory.collections.flatMap((one) => {
    if (one.name !== name) return [one];
    const changed = change(one);
    return changed ? [{ ...one, ...changed }] : [];
  });
  const after = { ...first, inventory: { ...first.inventory, collections } };
  return diffPolicies(first, after).map(({ direction, text }) => `${direction}: ${text}`);
}

const fields =
  (path: string, change: (field: Field) => Field | undefined) =>
  (one: Collection): Partial<Collection> => ({
    fields: one.fields.flatMap((field) => (field.path === path ? (change(field) ?? []) : [field])),
  });

test.each<[string, string, (one: Collection) => Partial<Collection> | undefined, string]>([
  [
    'a date that ends records stands elsewhere',
    'generations',
    ({ anchors }) => ({ anchors: { ...anchors, generated: 'seenAt' } }),
    'reads generated elsewhere, or not at all',
  ],
  [
    'a date is gone',
    'generations',
    () => ({ anchors: { generated: 'createdAt' } }),
    'reads unsaved elsewhere, or not at all',
  ],
  [
    'a test that lifts records is another one',
    'generations',
    () => ({ predicates: { saved: { field: '_id', exists: true } } }),
    'reads saved elsewhere, or not at all',
  ],
  ['records go with the account', 'generations', () => ({ follows: 'users' }), 'goes with users instead of none'],
  [
    'records lead to their person in another way',
    'generations',
    () => ({ subject: { by: 'reference', field: 'by' } }),
    'leads to its person in another way',
  ],
  [
    'an address is gone',
    'users',
    () => ({ subject: { by: 'self', key: '_id', addresses: ['email'] } }),
    'leads to its person in another way',
  ],
  ['a field is gone', 'generations', fields('savedAt', () => undefined), 'no longer finds savedAt'],
  [
    'files no longer go with their record',
    'generations',
    fields('outputs[].file', ({ file: _, ...field }) => field),
    'no longer takes along the files of outputs[].file',
  ],
  [
    'a field holds something else',
    'generations',
    fields('model', (field) => ({ ...field, category: 'generation.prompt' })),
    'holds something else in model',
  ],
  [
    'unnamed fields are no longer kept out',
    'payments',
    ({ unlisted: _, ...one }) => ({ ...one, unlisted: 'report' }),
    'no longer keeps out fields that it does not name',
  ],
  [
    'a field may hold a clear value again',
    'users',
    fields('passwordHash', (field) => ({ path: field.path, category: field.category, export: field.export })),
    'takes clear values in passwordHash',
  ],
  [
    'who may see a record stands elsewhere',
    'generations',
    () => ({ visibility: 'model' }),
    'reads who may see it in model instead of visibility',
  ],
])('it is a loosening where %s', (_, name, change, text) => {
  expect(said(name, change)).toContain(`loosens: Inventory, ${name}: ${text}`);
});

test('it is a loosening where records of a sort that is held elsewhere are no longer looked after', () => {
  const logs = first.inventory.collections.filter(({ name }) => name === 'apiLogs');
  const collections = [...first.inventory.collections, ...logs.map((one) => ({ ...one, name: 'oldLogs' }))];
  const twice = { ...first, inventory: { ...first.inventory, collections } };
  expect(diffPolicies(twice, first).map(({ direction, text }) => `${direction}: ${text}`)).toEqual([
    'loosens: Inventory, oldLogs: is gone, with all that was found, exported and ended there',
  ]);
  expect(diffPolicies(first, twice).map(({ direction }) => direction)).toEqual(['neither']);
});

test("it is a loosening where the host's own keys are no longer recognised", () => {
  const { secrets: _, ...inventory } = first.inventory;
  expect(diffPolicies(first, { ...first, inventory }).map(({ direction, text }) => `${direction}: ${text}`)).toEqual([
    'loosens: Inventory, API key: a clear key that begins with sdk_ is taken',
  ]);
});

test('it is none where a field moved, or an address and a date were added', () => {
  expect(
    said(
      'generations',
      fields('prompt', (field) => ({ ...field, path: 'words' })),
    ),
  ).toEqual(['neither: Inventory, generations: is described differently']);
  expect(
    said('users', ({ subject, anchors }) => ({
      anchors: { ...anchors, joined: 'createdAt' },
      ...(subject.by === 'self' && { subject: { ...subject, addresses: [...subject.addresses, 'mail'] } }),
    })),
  ).toEqual(['neither: Inventory, users: is described differently']);
});
