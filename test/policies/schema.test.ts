import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { loadPackSources } from '../../packages/core/src/adapters/policy/loadPack.ts';
import { loadVocabulary } from '../../packages/core/src/adapters/policy/loadVocabulary.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { inventoryShape } from '../../packages/core/src/kernel/policy/inventoryShape.ts';
import { policyShape } from '../../packages/core/src/kernel/policy/policyShape.ts';
import { definedWords } from '../../packages/core/src/kernel/policy/vocabulary.ts';
import { objections, type Schema } from './objections.ts';

const schemas = {
  policy: JSON.parse(await readFile(policiesDir('schema', 'policy.schema.json'), 'utf8')) as Schema,
  inventory: JSON.parse(await readFile(policiesDir('schema', 'inventory.schema.json'), 'utf8')) as Schema,
};
const vocabulary = await loadVocabulary();
const sources = await loadPackSources('sdance-ai');

describe('the schema for editors', () => {
  test('accepts the pack', () => {
    expect(objections(sources.policy.data, schemas.policy, schemas.policy)).toEqual([]);
    expect(objections(sources.inventory.data, schemas.inventory, schemas.inventory)).toEqual([]);
  });

  test('accepts data in every shape', () => {
    const collections = {
      events: { discriminator: 'kind', when: { api: { subject: { ref: 'a', as: { prefix: 'u:' } }, fields: {} } } },
      comments: { subject: { ref: 'a' }, about: { through: { users: 'b' }, cascade: true }, fields: {} },
      waiting: { subject: { address: 'email', as: 'sha256' }, fields: { a: { category: 'a.b', stored: 'json' } } },
      visits: { subject: { device: 'id' }, lineage: { parent: 'p', carries: ['n'] }, fields: {} },
    };
    expect(objections({ collections, files: {} }, schemas.inventory, schemas.inventory)).toEqual([]);
    const wrong = { collections: { odd: { subject: { ref: 'a', addres: 'b' }, fields: {} } }, files: {} };
    expect(objections(wrong, schemas.inventory, schemas.inventory)).not.toEqual([]);
  });

  test('has every section that the compiler reads, and no other', () => {
    expect(Object.keys(schemas.policy.properties ?? {}).sort()).toEqual(Object.keys(policyShape(vocabulary)).sort());
    const inventory = Object.keys(inventoryShape(definedWords(vocabulary).categories)).sort();
    expect(Object.keys(schemas.inventory.properties ?? {}).sort()).toEqual(inventory);
  });

  test('objects to an unknown key, a spoken period and a missing origin', () => {
    const policy = structuredClone(sources.policy.data) as {
      retention: [{ keep: object; sinse?: string }];
      childs?: object;
    };
    policy.childs = {};
    policy.retention[0].keep = { atMost: '30 days' };
    policy.retention[0].sinse = 'generated';
    expect(objections(policy, schemas.policy, schemas.policy)).toEqual([
      '$.retention[0].keep.from is missing',
      '$.retention[0].keep.atMost is misspelt',
      '$.retention[0].sinse is unknown',
      '$.childs is unknown',
    ]);
  });
});
