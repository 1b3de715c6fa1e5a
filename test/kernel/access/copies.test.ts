import { describe, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { loadRegime } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { copyRecord } from '../../../packages/core/src/kernel/access/copyRecord.ts';
import { copyTree } from '../../../packages/core/src/kernel/access/copyTree.ts';
import { csvTables } from '../../../packages/core/src/kernel/access/csvTables.ts';
import { maskAddresses, maskNames, maskOthers } from '../../../packages/core/src/kernel/access/maskOthers.ts';
import { originOf } from '../../../packages/core/src/kernel/access/originOf.ts';
import { portableFields } from '../../../packages/core/src/kernel/access/portableFields.ts';
import { recordSchema } from '../../../packages/core/src/kernel/access/recordSchema.ts';
import type { Field } from '../../../packages/core/src/kernel/policy/inventory.ts';

const field = (path: string, more: Partial<Field> = {}): Field => ({
  path,
  category: 'generation.prompt',
  export: 'always',
  ...more,
});
const as = (_field: Field, value: unknown): unknown => value;
const copy = (fields: readonly Field[], record: object): object => copyRecord(copyTree(fields), record, as);

describe('a copy of a record', () => {
  test('has what the inventory names and nothing else', () => {
    const fields = [field('prompt'), field('outputs[].file'), field('campaign.name')];
    const record = {
      prompt: 'cat',
      token: 'x',
      outputs: [{ file: 'a', hash: 'y' }, { hash: 'z' }],
      campaign: { name: 'n', id: 1 },
    };
    expect(copy(fields, record)).toEqual({ prompt: 'cat', outputs: [{ file: 'a' }], campaign: { name: 'n' } });
  });

  test('leaves out a secret that lies inside of something that is shown', () => {
    const fields = [
      field('options'),
      field('options.apiKey', { export: 'never' }),
      field('options.deep.secret', { export: 'never' }),
    ];
    const record = { options: { size: 3, apiKey: 'sdk_1', deep: { secret: 's', open: 'o' } } };
    expect(copy(fields, record)).toEqual({ options: { size: 3 } });
  });

  test('has a list where the inventory names one, however it was stored', () => {
    const fields = [field('tags[]'), field('items[].n')];
    expect(copy(fields, { tags: 'one', items: { n: 1 } })).toEqual({ tags: ['one'], items: [{ n: 1 }] });
    expect(copy(fields, { tags: null, items: [] })).toEqual({ tags: [], items: [] });
  });

  test('takes nothing from where every object has something', () => {
    expect(copy([field('constructor.name'), field('toString')], {})).toEqual({});
  });
});

describe('other people in a copy', () => {
  const mine = new Set(['ann@example.com']);

  test('every address but the own one is masked in a text, whoever is registered', () => {
    const { text, masked } = maskAddresses('to Ann@Example.com, bob@example.org and c.d+e@sub.example.co.uk', mine);
    expect(text).toBe('to Ann@Example.com, ••• and •••');
    expect(masked).toEqual({ address: 2 });
    expect(maskAddresses("to='ann@example.com' joann@example.com", mine).text).toBe("to='ann@example.com' •••");
  });

  test('a text about others loses telephone numbers and handles too, and keeps the rest', () => {
    const { value, masked } = maskOthers(
      'generation.comment',
      'Bob (+49 170 1234567, @bob_b) liked take 3 of 2026-03-01',
      mine,
    );
    expect(value).toBe('Bob (•••, •••) liked take 3 of 2026-03-01');
    expect(masked).toEqual({ telephone: 1, handle: 1 });
  });

  test('a field that is somebody else’s is masked whole', () => {
    expect(maskOthers('account.profile', 'Bob Builder', mine)).toMatchObject({ value: '•••', masked: { value: 1 } });
    expect(maskOthers('account.contact', 'ann@example.com', mine).masked).toEqual({});
    expect(maskOthers('generation.comment', 5, mine)).toEqual({ value: 5, masked: {} });
  });

  test('names are masked as whole words, and none of them is a pattern', () => {
    expect(maskNames('Al asked Alma, (a|b)* and al.', ['Al', '(a|b)*']).text).toBe('••• asked Alma, ••• and •••.');
  });

  test('no address of another person is left in any text', () => {
    const address = fc.emailAddress();
    fc.assert(
      fc.property(fc.string(), address, fc.string(), (before, other, after) => {
        const { text } = maskAddresses(`${before} ${other} ${after}`, new Set());
        return !text.includes(` ${other} `);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test('a text of a million letters is masked as fast as it is read', () => {
    const text = `${'a'.repeat(300_000)}@${'b.'.repeat(100_000)} ${'+1 '.repeat(100_000)}`;
    expect(maskOthers('generation.prompt', text, new Set()).value).toHaveProperty('length');
  });
});

describe('tables of a collection', () => {
  const fields = ['prompt', 'edit.strength', 'batch[].position', 'batch[].prompt', 'batch[].layers[].name'].map(
    (path) => field(path),
  );

  test('each item of a list has a row of its own', () => {
    const [root, batch, layers] = csvTables(fields);
    const record = {
      prompt: 'p',
      edit: { strength: 2 },
      batch: [
        { position: 1, prompt: 'a', layers: [{ name: 'x' }, { name: 'y' }] },
        { position: 2, prompt: 'b' },
      ],
    };
    expect([root?.columns, root?.rows('7', record)]).toEqual([['id', 'prompt', 'edit.strength'], [['7', 'p', 2]]]);
    expect(batch?.columns).toEqual(['id', 'batch#', 'position', 'prompt']);
    expect(batch?.rows('7', record)).toEqual([
      ['7', 1, 1, 'a'],
      ['7', 2, 2, 'b'],
    ]);
    expect(layers?.columns).toEqual(['id', 'batch#', 'batch.layers#', 'name']);
    expect(layers?.rows('7', record)).toEqual([
      ['7', 1, 1, 'x'],
      ['7', 1, 2, 'y'],
    ]);
  });

  test('a record without the list has no row there, and an object in a cell is JSON', () => {
    const [root, tags] = csvTables([field('options'), field('tags[]')]);
    expect(root?.rows('1', { options: { a: 1 } })).toEqual([['1', '{"a":1}']]);
    expect(tags?.rows('1', {})).toEqual([]);
    expect(tags?.columns).toEqual(['id', 'tags#', 'value']);
  });
});

test('the schema of a collection accepts its copies and refuses what the inventory does not name', async () => {
  const policy = await loadPack('seedream4');
  const creations = policy.inventory.collections.find(({ name }) => name === 'creations') as never;
  const schema = recordSchema(policy, creations);
  const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  const data = { prompt: 'p', batch: [{ position: 1, prompt: 'a', file: 'media/creations/1/batch-file-1.png' }] };
  expect(valid([{ id: '1', data }])).toBe(true);
  expect(valid([{ id: '1', data: { ...data, secret: 1 } }])).toBe(false);
  expect(valid([{ id: '1', data: { batch: [{ file: '/srv/media/1.png' }] } }])).toBe(false);
  expect(valid([{ data }])).toBe(false);
});

describe('what may be carried elsewhere', () => {
  test('what was provided and observed under a contract, and nothing that was concluded', async () => {
    const [policy, law] = [await loadPack('seedance25'), await loadRegime('eu-gdpr')];
    const paths = (name: string): string[] =>
      portableFields(policy, law, policy.inventory.collections.find((each) => each.name === name) as never).map(
        ({ path }) => path,
      );
    expect(paths('generations')).toEqual(expect.arrayContaining(['prompt', 'references[].file', 'outputs[].file']));
    expect(paths('users')).not.toContain('passwordHash');
    expect(paths('deviceLogs')).not.toContain('region');
  });

  test('a field says how its data came about where its category does not fit', async () => {
    const { vocabulary } = await loadPack('sdance-ai');
    expect(originOf(field('prompt'), vocabulary)).toBe('provided');
    expect(originOf(field('outputs[].file', { category: 'generation.output' }), vocabulary)).toBe('observed');
    expect(originOf(field('style', { origin: 'inferred' }), vocabulary)).toBe('inferred');
    expect(originOf(field('region', { category: 'log.location' }), vocabulary)).toBe('inferred');
  });
});
