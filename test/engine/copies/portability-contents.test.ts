import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import mongoose from 'mongoose';
import { portabilityContents } from '../../../packages/core/src/engine/rights/portability/portabilityContents.ts';
import { rowName } from '../../../packages/core/src/kernel/access/recordSchema.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { copyingWorld, csvRows, type Packed, packed, requestOf } from './copying.ts';

const { ObjectId } = mongoose.mongo;

let the: Scene;
let all: Packed;
const ITEMS = 40;

beforeAll(async () => {
  const policy = await loadPack('seedream4');
  the = await scene({ policy });
  const person = new ObjectId();
  await the.db.collection('visitors').insertOne({
    _id: person as never,
    email: 'mara@example.org',
    deviceTokenHash: 'hash-of-the-device',
    account: { name: '+Mara', passwordHash: 'scrypt$x', state: 'open', openedAt: the.clock.now() },
    createdAt: the.clock.now(),
  });
  const batch = Array.from({ length: ITEMS }, (_, n) => ({
    position: n + 1,
    prompt: n === 0 ? '=1+1' : `cat ${n}`,
    file: `in-${n}.png`,
  }));
  for (const { file } of batch) await the.media.put(file, Buffer.from(file));
  const creation = {
    visitorId: person,
    prompt: 'a "cat",\r\nand a dog',
    style: '\tpop',
    edit: { strength: -0.5 },
    batch,
    outputs: [],
    createdAt: the.clock.now(),
  };
  await the.db.collection('creations').insertOne(creation);
  await the.db
    .collection('activities')
    .insertOne({ visitorId: person, feature: '@cmd', count: -3, at: the.clock.now() });
  all = await packed(portabilityContents(copyingWorld(the), requestOf(person.toHexString())));
}, 60_000);
afterAll(() => the.close());

const rowsOf = (name: string): Record<string, string>[] => csvRows(all.text(name));

describe('a copy to carry elsewhere', () => {
  test('JSON, NDJSON and CSV hold the same records, and each is valid under the published schema (part of sdance-ai.right.portability)', () => {
    const ajv = new Ajv2020({ strict: true });
    const names = [...all.files.keys()].filter((name) => /^data\/[^.]+\.json$/.test(name));
    expect(names).toEqual(['data/visitors.json', 'data/creations.json', 'data/activities.json']);
    for (const name of names) {
      const schema = all.json<{ $id: string }>(name.replace('data/', 'schemas/').replace('.json', '.schema.json'));
      ajv.addSchema(schema);
      const records = all.json<{ id: string }[]>(name);
      const lines = all
        .text(name.replace('.json', '.ndjson'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect([name, ajv.validate(schema.$id, records), ajv.errors]).toEqual([name, true, null]);
      expect(lines).toEqual(records);
      const rows = rowsOf(name.replace('.json', '.csv'));
      expect(rows.map(({ id }) => id)).toEqual(records.map(({ id }) => id));
      const row = ajv.getSchema(`${schema.$id}#/$defs/${rowName('')}`);
      for (const each of rows) expect([name, row?.(each), row?.errors]).toEqual([name, true, null]);
    }
  });

  test('a batch is there item by item, in a row each, valid too (part of seedream4.collects.usage)', () => {
    const rows = rowsOf('data/creations.batch.csv');
    expect(rows).toHaveLength(ITEMS);
    expect(rows[1]).toMatchObject({ 'batch#': '2', position: '2', prompt: 'cat 1' });
    const schema = all.json<{ $id: string }>('schemas/creations.schema.json');
    const row = new Ajv2020({ strict: true })
      .addSchema(schema)
      .getSchema(`${schema.$id}#/$defs/${encodeURIComponent(rowName('batch'))}`);
    for (const each of rows) expect([row?.(each), row?.errors]).toEqual([true, null]);
    expect(all.json<{ data: { batch: object[] } }[]>('data/creations.json')[0]?.data.batch).toHaveLength(ITEMS);
  });

  test('each file of the batch lies there with a note of its own item, and the records name it', () => {
    for (const { file, prompt } of rowsOf('data/creations.batch.csv')) {
      expect(all.files.get(file ?? '')?.toString()).toMatch(/^in-\d+\.png$/);
      const note = all.json<{ data: { batch: { prompt: string } } }>(`${file}.json`);
      expect(note.data.batch.prompt).toBe(prompt?.replace(/^'/, ''));
    }
  });

  test('a cell that would be a formula is none, and numbers below zero are numbers', () => {
    const [creation] = rowsOf('data/creations.csv');
    expect(creation).toMatchObject({ prompt: 'a "cat",\r\nand a dog', style: "'\tpop", 'edit.strength': '-0.5' });
    expect(rowsOf('data/creations.batch.csv')[0]?.prompt).toBe("'=1+1");
    expect(rowsOf('data/activities.csv')[0]).toMatchObject({ feature: "'@cmd", count: '-3' });
    expect(rowsOf('data/visitors.csv')[0]).toMatchObject({ 'account.name': "'+Mara" });
  });

  test('no hash of a password or a device is in any of it', () => {
    for (const [name, bytes] of all.files) {
      expect([name, bytes.includes('scrypt$x'), bytes.includes('hash-of-the-device')]).toEqual([name, false, false]);
    }
  });
});
