import { describe, expect, test } from '@jest/globals';
import { kindsIn, storedCollection } from '../../../packages/core/src/kernel/policy/storedCollection.ts';
import { shaped } from '../../contracts/shapes.ts';
import { type Edit, editedPack, mistakesOf } from './editedPack.ts';

const added = (text: string): Edit => ['# #region secrets\n', `${text}# #region secrets\n`];
const collectionsWith = (text: string): readonly object[] => {
  const compiled = editedPack({ inventory: [added(text)] });
  return 'policy' in compiled ? compiled.policy.inventory.collections : compiled.mistakes;
};

describe('several kinds in one collection', () => {
  test('each kind is a collection of its own, stored under one name, and adds to what all have', () => {
    expect(shaped.inventory.collections.find(({ name }) => name === 'events.api')).toMatchObject({
      stored: 'events',
      when: { field: 'kind', equals: 'api' },
      subject: { by: 'through', collection: 'apiKeys', field: 'keyId' },
      anchors: { logged: 'at', seen: 'at' },
      fields: [{ path: 'at' }, { path: 'path' }],
    });
    expect(kindsIn(shaped.inventory, 'events')).toEqual({ field: 'kind', kinds: ['api', 'visit', 'like'] });
    expect(kindsIn(shaped.inventory, 'users')).toBeUndefined();
  });

  test('taken together they know all fields, and all that leads somewhere', () => {
    const events = storedCollection(shaped.inventory, 'events');
    expect(events?.fields.map(({ path }) => path).sort()).toEqual(['at', 'ip', 'of', 'path']);
    expect(events?.leads).toEqual(expect.arrayContaining(['keyId', 'deviceId', 'userId', 'kind']));
    expect(storedCollection(shaped.inventory, 'events.api')).toBeUndefined();
  });

  test('records may lead through a kind', () => {
    const text = `  visits: { discriminator: k, when: { v: { subject: { ref: userId }, fields: { a: account.profile } } } }
  steps: { subject: { through: { visits.v: visitId } }, fields: { b: account.profile } }
`;
    expect(collectionsWith(text)).toContainEqual(
      expect.objectContaining({ name: 'steps', subject: { by: 'through', collection: 'visits.v', field: 'visitId' } }),
    );
  });
});

test.each([
  ['kinds without the field that tells them', '{ when: { a: {} } }', 'kinds of records need the field that tells them'],
  ['a kind without a person', '{ discriminator: k, when: { a: { fields: {} } } }', '"subject" is missing'],
  ['a field for kinds that is an operator', '{ discriminator: $where, when: {} }', 'kinds of records need the field'],
  ['a kind that is there twice', '{ discriminator: k, when: { a: [] } }', 'a mapping of keys is expected here'],
  ['two ways to a person', '{ subject: { ref: a, address: b }, fields: {} }', 'in exactly one way'],
  ['a shape of the own key', '{ subject: { key: _id, as: sha256 }, fields: {} }', 'how a key stands in the record'],
  ['an unknown shape of a key', '{ subject: { ref: a, as: md4 }, fields: {} }', '"md4" is not possible here'],
  [
    'an unknown transform',
    '{ subject: { ref: a }, fields: { b: { category: account.profile, stored: gzip } } }',
    '"gzip"',
  ],
  [
    'about what is not there',
    '{ subject: { ref: a }, about: { through: { nothing: b } }, fields: {} }',
    'unknown collection',
  ],
  ['about a list', '{ subject: { ref: a }, about: { through: { users: "b[]" } }, fields: {} }', 'about several people'],
  [
    'files that would be left behind',
    '{ subject: { ref: a }, about: { through: { users: b }, cascade: true }, fields: { f: { category: account.profile, file: media } } }',
    'files of "odd" would be left',
  ],
  [
    'copies without a category',
    '{ subject: { ref: a }, lineage: { parent: p, carries: [n] }, fields: {} }',
    '"n" is copied',
  ],
  [
    'an address whose records would go with an account',
    '{ subject: { address: a }, fields: { a: account.contact } }',
    'counts from',
  ],
])('%s is refused, with its place', (_what, written, says) => {
  const mistakes = mistakesOf({ inventory: [added(`  odd: ${written}\n`)] });
  expect(mistakes.map(({ message }) => message).join('\n')).toContain(says);
  expect(mistakes.every(({ line }) => line > 1)).toBe(true);
});
