import { expect, test } from '@jest/globals';
import { lookAt } from '../../../packages/core/src/kernel/guard/look.ts';
import { lookAtRecord } from '../../../packages/core/src/kernel/guard/lookThrough.ts';
import { collectionIn, writeRules } from '../../../packages/core/src/kernel/guard/writeRules.ts';
import { listing } from '../../../packages/core/src/kernel/scan/listing.ts';
import { noteRecord } from '../../../packages/core/src/kernel/scan/noteRecord.ts';
import { placesIn, treeOf } from '../../../packages/core/src/kernel/scan/place.ts';
import { shaped } from '../../contracts/shapes.ts';

const CARD = '4111111111111111';

function write(name: string, record: object): object {
  const collection = collectionIn(shaped.inventory, name);
  if (!collection) throw new Error(`no ${name}`);
  return lookAtRecord(lookAt({ ...writeRules(shaped, collection, () => 'enforce'), unlisted: 'refuse' }), record);
}

test('a collection with several kinds takes the fields of each, and none that no kind has', () => {
  for (const record of [
    { kind: 'api', keyId: 'k', path: '/v1' },
    { kind: 'visit', deviceId: 'd', ip: '192.0.2.1' },
    { kind: 'like', userId: 'u', of: 'v', at: new Date(0) },
  ]) {
    expect(write('events', record)).toBe(record);
  }
  expect(() => write('events', { kind: 'like', nickname: 'M' })).toThrow('the inventory does not name this field');
});

test.each([
  ['a text of JSON', { bio: JSON.stringify({ note: CARD }) }],
  ['base64', { code: Buffer.from(`card ${CARD}`).toString('base64') }],
  ['JSON in base64', { box: Buffer.from(JSON.stringify([{ no: CARD }])).toString('base64') }],
])('a card number is found in %s, when it is written and when it is there', (_what, hidden) => {
  const record = { owner: 'user:1', ...hidden };
  expect(() => write('profiles', record)).toThrow('it holds a card number');

  const tree = treeOf(listing(collectionIn(shaped.inventory, 'profiles')));
  noteRecord(record, 0, tree, { prefixes: [], identifiers: new Set(), canaries: [] });
  const codes = [...placesIn(tree.root)].flatMap(({ marks }) => [...marks.values()].map(({ code }) => code));
  expect(codes).toEqual(['CARD_NUMBER_STORED']);
});
