import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { START } from '../support/scene.ts';
import { firstOf, linesOf, MARA, type ScanScene, scanScene } from './scanScene.ts';

const { Binary, Decimal128, Long, ObjectId } = mongoose.mongo;
const CARD = '4111 1111 1111 1111';

let the: ScanScene;
beforeEach(async () => {
  the = await scanScene();
});
afterEach(() => the.close());

describe('what the inventory does not know', () => {
  test('is found by collection and path, in parts and lists, whoever wrote it', async () => {
    await the.into('newsletters', { to: 'somebody' });
    await the.into(
      'generations',
      { userId: MARA, prompt: 'a boat', createdAt: START, mood: 'calm', tags: ['sea', 'sky'] },
      { userId: MARA, prompt: 'a boat', createdAt: START, parts: [{ note: 'x' }, { more: { deep: [[1]] } }] },
      { userId: MARA, prompt: 'a boat', createdAt: START, parts: { note: 'x' } },
    );
    expect(await the.found()).toEqual([
      'FIELD_UNLISTED generations.mood 1',
      'FIELD_UNLISTED generations.parts.note 1',
      'FIELD_UNLISTED generations.parts[].more.deep[][] 1',
      'FIELD_UNLISTED generations.parts[].note 1',
      'FIELD_UNLISTED generations.tags[] 1',
      'COLLECTION_UNLISTED newsletters 0',
    ]);
  });

  test('is not what leads to a person, what Mongoose adds, what is empty, or what is said to hold nothing of people', async () => {
    await the.into('generations', {
      ...{ userId: MARA, parentId: new ObjectId(), __v: 3, __t: 'Kind', createdAt: START, savedAt: null },
      outputs: [{ _id: new ObjectId(), file: 'a.mp4' }],
      references: [],
    });
    await the.into('agendaJobs', { name: 'sweep', data: { any: ['thing'] } });
    expect(await the.found()).toEqual([]);
  });

  test('a field that the inventory names as a whole covers what lies below; a value above named fields is none of them', async () => {
    await the.into('generations', {
      userId: MARA,
      createdAt: START,
      model: { name: 'x', options: [{ a: 1 }] },
      outputs: 'a.mp4',
    });
    expect(await the.found()).toEqual(['FIELD_UNLISTED generations.outputs 1']);
  });

  test('dates that are none and keys of files that cannot be followed are found: nothing would end by them', async () => {
    await the.into('generations', { userId: MARA, createdAt: '2026-01-01', outputs: [{ file: new ObjectId() }] });
    expect(await the.found()).toEqual([
      'ANCHOR_NO_DATE generations.createdAt 1',
      'FILE_KEY_UNREADABLE generations.outputs[].file 1',
    ]);
  });

  test('files in the database and file stores without an entry are found, and their bytes are left out', async () => {
    await the.into('pictures.files', { filename: 'a.png', metadata: { of: `card ${CARD}` } });
    await the.into('pictures.chunks', { files_id: 1, n: 0, data: new Binary(Buffer.from(CARD)) });
    const kept = await the.restart({ files: { media: the.media, attic: the.media } });
    const report = await kept.scan.run();
    expect(linesOf(report).slice(0, 3)).toEqual([
      'FILES_UNLISTED attic 0',
      'FILES_UNLISTED pictures 0',
      'CARD_NUMBER_STORED pictures.files.metadata.of 1',
    ]);
    expect(report.looked.leftOut).toEqual(['pictures.chunks']);
  });

  test('an entry of the inventory that nothing stores is told of', async () => {
    const { findings } = await the.kept.scan.run();
    expect(findings.filter(({ severity }) => severity !== 'warning')).toEqual([]);
    expect(findings.map(({ where }) => where)).toContain('apiKeys');
    expect(findings.map(({ where }) => where)).not.toContain('users');
  });
});

describe('what nobody may store', () => {
  test('card numbers are found in nested fields, lists, free text, numbers, bytes and names of fields, whatever wrote them', async () => {
    await the.into(
      'generations',
      { userId: MARA, createdAt: START, prompt: `pay with ${CARD}, valid 12/28` },
      { userId: MARA, createdAt: START, model: { deep: [{ list: ['x', '5555-5555-5555-4444'] }] } },
      {
        userId: MARA,
        createdAt: START,
        model: { number: 4111111111111111, long: Long.fromString('6011000990139424') },
      },
      { userId: MARA, createdAt: START, model: { decimal: Decimal128.fromString('378282246310005') } },
      { userId: MARA, createdAt: START, model: { bytes: new Binary(Buffer.from(`card=${CARD}`)) } },
      { userId: MARA, createdAt: START, model: { [CARD]: true } },
    );
    expect(await the.found()).toEqual([
      'CARD_NUMBER_STORED generations.model.* 1',
      'CARD_NUMBER_STORED generations.model.bytes 1',
      'CARD_NUMBER_STORED generations.model.decimal 1',
      'CARD_NUMBER_STORED generations.model.deep[].list[] 1',
      'CARD_NUMBER_STORED generations.model.long 1',
      'CARD_NUMBER_STORED generations.model.number 1',
      'CARD_NUMBER_STORED generations.prompt 1',
    ]);
  });

  test('look-alikes are none: checksums that fail, digests, keys, dates, phone numbers, orders', async () => {
    await the.into('generations', {
      ...{ userId: MARA, createdAt: START },
      prompt:
        '4111 1111 1111 1112, +49 170 1234567, ORD-2024-000123456789, 2026-03-03T08:00:00.123456Z, 1234567812345670',
      model: {
        digest: '9b1c4111111111111111aa5555555555554444ff00112233445566778899aabb',
        uuid: '41111111-1111-4111-8111-111111111111',
        at: 1_772_524_800_000,
        micro: 1_772_524_800_000_000,
        ratio: 4111.111111111111,
      },
    });
    expect(await the.found()).toEqual([]);
  });

  test('secrets in the clear and clear values in place of hashes are found; hashes are not', async () => {
    await the.into(
      'apiKeys',
      { userId: MARA, name: 'good', hash: 'a'.repeat(64), createdAt: START },
      { userId: MARA, name: 'sdk_0123456789abcdefghij', hash: 'open sesame', createdAt: START },
    );
    expect(await the.found()).toEqual(['HASH_EXPECTED apiKeys.hash 1', 'SECRET_STORED apiKeys.name 1']);
  });

  test('no value leaves with a report or with a finding, and keys of records only where they are asked for', async () => {
    const key = `about ${CARD}`;
    await the.into('generations', {
      _id: key,
      userId: MARA,
      createdAt: START,
      prompt: CARD,
      'mara.lind@example.org': 1,
    });
    const report = await the.kept.scan.run({ canaries: ['about 4111'] });
    const stored = await the.kept.findings.open();
    for (const told of [report, stored]) expect(JSON.stringify(told)).not.toMatch(/about 4111|4111.?1111|lind/i);
    const asked = await the.kept.scan.run({ ids: true });
    expect(firstOf(asked, 'CARD_NUMBER_STORED')?.ids).toEqual([key]);
    expect(JSON.stringify(await the.kept.findings.open())).not.toMatch(/4111.?1111/);
  });
});

describe('findings', () => {
  const open = async (): Promise<string[]> =>
    (await the.kept.findings.open())
      .map(({ code, place }) => `${code} ${place}`)
      .filter((each) => !/NOWHERE/.test(each));

  test('are raised, counted up, and resolved by a whole look that no longer finds their cause', async () => {
    await the.into('generations', { _id: 1, userId: MARA, createdAt: START, prompt: CARD });
    await the.kept.scan.run();
    await the.kept.scan.run();
    expect(await the.kept.findings.open()).toContainEqual(
      expect.objectContaining({ code: 'CARD_NUMBER_STORED', place: 'generations.prompt', severity: 'error', times: 2 }),
    );

    await the.db.collection('generations').updateOne({}, { $set: { prompt: 'a boat' } });
    await the.kept.scan.run({ sample: 5 });
    expect(await open()).toEqual(['CARD_NUMBER_STORED generations.prompt']);
    await the.kept.scan.run();
    expect(await open()).toEqual([]);
    await the.kept.evidence.sequence();
    expect((await the.kept.evidence.verify()).ok).toBe(true);
  });

  test('carry the clause that they are about, and nothing but findings is written', async () => {
    await the.into('generations', { userId: MARA, createdAt: START, prompt: CARD });
    const before = await the.db.collection('generations').find().toArray();
    const report = await the.kept.scan.run();
    expect(firstOf(report, 'CARD_NUMBER_STORED')?.clause).toBe('sdance-ai.never.card-number');
    expect(await the.db.collection('generations').find().toArray()).toEqual(before);
  });
});
