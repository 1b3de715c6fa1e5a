import { expect, test } from '@jest/globals';
import type { OtherSource } from '../../packages/core/src/engine/ports/otherSource.ts';
import type { Identifiers, PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import type { LookAgain, Residual, Residue } from '../../packages/core/src/engine/ports/residue.ts';
import { severalSources } from '../../packages/core/src/engine/sources/severalSources.ts';
import type { Inventory } from '../../packages/core/src/kernel/policy/inventory.ts';

const collection = (name: string, source?: string): Inventory['collections'][number] => ({
  name,
  ...(source && { source }),
  subject: { by: 'reference', field: 'person' },
  anchors: {},
  predicates: {},
  fields: [
    { path: 'photo', category: 'account.profile', export: 'always', ...(name === 'users' && { file: 'media' }) },
  ],
});
const inventory: Inventory = {
  collections: [collection('users'), collection('contacts', 'crm'), collection('invoices', 'billing')],
  files: [],
};

const residual = (name: string): Residual => ({ collection: name, path: 'a', count: 1, named: true, leads: true });

/** A source that tells what it was asked, and answers with records of these collections. */
function telling(kind: string, collections: readonly string[], asked: unknown[] = []) {
  const source = {
    kind,
    survey: async () => collections.map((name) => ({ collection: name, count: 1, files: 0 })),
    count: async (name: string) => asked.push([kind, name]),
    stillReferenced: async (files: readonly object[]) => (kind === 'own' ? files.slice(0, 1) : Promise.reject(kind)),
    identify: async (subject: string): Promise<Identifiers> => ({
      subject,
      addresses: [`${kind}@a.example`],
      keys: {},
      forms: [`hash of ${kind}`],
      ...(kind === 'crm' && { beyond: ['contacts'] }),
    }),
    async residue(_: Identifiers, { from, beat }: LookAgain = {}): Promise<Residue> {
      asked.push([kind, from?.looked]);
      const found = { found: collections.map(residual), looked: collections, notLooked: [] };
      await beat?.(found);
      return found;
    },
  };
  return source as unknown as PersonalDataSource;
}

const joined = (asked: unknown[], crm: OtherSource = telling('crm', ['contacts', 'users', 'notes'], asked)) =>
  severalSources(
    telling('own', ['users', 'stray'], asked),
    { crm, billing: telling('billing', ['invoices'], asked) },
    inventory,
  );

test('of each collection that source tells which the inventory names, whatever others say of it', async () => {
  const found = await joined([]).survey('ann');
  expect(found.map((each) => each.collection)).toEqual(['users', 'stray', 'contacts', 'invoices']);

  const asked: unknown[] = [];
  for (const name of ['users', 'contacts', 'invoices', 'unknown']) await joined(asked).count(name);
  expect(asked).toEqual([
    ['own', 'users'],
    ['crm', 'contacts'],
    ['billing', 'invoices'],
    ['own', 'unknown'],
  ]);
});

test('one that cannot be asked leaves everything undetermined, and no part is taken for the whole', async () => {
  const down = { ...telling('crm', []), survey: () => Promise.reject(new Error('down')) };
  await expect(joined([], down).survey('ann')).rejects.toThrow('down');
});

test('a power that a source has not is refused and named, not answered with nothing', async () => {
  await expect(joined([]).endDue('contacts', { now: new Date(0), aheadMs: 0, holds: [] })).rejects.toMatchObject({
    code: 'SOURCE_REFUSED',
    place: 'sources.crm, endDue',
  });
});

test('only those that hold files are asked who still uses them', async () => {
  const files = [
    { store: 'media', key: 'a' },
    { store: 'media', key: 'b' },
  ];
  expect(await joined([]).stillReferenced(files)).toEqual(files.slice(0, 1));
});

test('a person is known by what all of them know', async () => {
  const { addresses, forms, beyond } = await joined([]).identify('ann');
  expect(forms).toEqual(['hash of own', 'hash of crm', 'hash of billing']);
  expect(beyond).toEqual(['contacts']);
  expect(addresses).toEqual(['own@a.example', 'crm@a.example', 'billing@a.example']);
});

test('a second look goes through all; what stands where the inventory knows nothing is told under the name of its source', async () => {
  const seen: number[] = [];
  const { found, looked } = await joined([]).residue(
    { subject: 'ann', addresses: [], keys: {} },
    { beat: async (soFar) => void seen.push(soFar.found.length) },
  );
  const all = ['users', 'stray', 'contacts', 'crm/users', 'crm/notes', 'invoices'];
  expect(found.map((each) => each.collection)).toEqual(all);
  expect(looked).toEqual(all);
  expect(seen).toEqual([2, 5, 6]);
});

test('a look that was interrupted goes on in each of them from what it had there', async () => {
  const asked: unknown[] = [];
  const looked = ['users', 'stray', 'contacts', 'crm/notes'];
  await joined(asked).residue(
    { subject: 'ann', addresses: [], keys: {} },
    { from: { found: [], looked, notLooked: [] } },
  );
  expect(asked).toEqual([
    ['own', ['users', 'stray']],
    ['crm', ['contacts', 'notes']],
    ['billing', []],
  ]);
});
