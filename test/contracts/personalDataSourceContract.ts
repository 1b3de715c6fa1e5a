import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPack, type Policy } from '@kept/core';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { DAY, HOUR, type House, house } from './house.ts';

const { ObjectId } = mongoose.mongo;
const NOW = new Date('2026-03-03T08:00:00Z');
const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY);
const free = { now: NOW, aheadMs: 0, holds: [] } as const;

/**
 * What every source of personal data must keep. `open` puts what is tested before a source on a real database: the source
 * itself, or the way to it.
 */
export function personalDataSourceContract(
  kind: string,
  open: (source: PersonalDataSource) => Promise<{ source: PersonalDataSource; close?: () => Promise<unknown> }>,
): void {
  describe(`a source of personal data: ${kind}`, () => {
    let the: House;
    let source: PersonalDataSource;
    let close: (() => Promise<unknown>) | undefined;
    let policy: Policy;

    beforeAll(async () => {
      policy = await loadPack('sdance-ai');
      the = await house();
      const mongo = mongoData(
        () => the.db,
        () => policy,
      );
      ({ source, close } = await open(mongo));
    });
    afterAll(async () => {
      await close?.();
      await the.close();
    });

    describe('whose address it is', () => {
      test('an address is found whatever its case, on either side', async () => {
        const ann = await the.user({ email: 'Ann.Lee@Example.org' });
        expect(await source.subjectsAt('ann.lee@example.ORG')).toEqual([ann]);
        expect(await source.subjectsAt(' ANN.LEE@example.org ')).toEqual([ann]);
      });

      test('an address that a sign-in provider gave is found too', async () => {
        const bo = await the.user({
          email: 'bo@example.org',
          identities: [{ provider: 'p', email: 'Bo@provider.test' }],
        });
        expect(await source.subjectsAt('bo@provider.test')).toEqual([bo]);
        expect(await source.addressesOf(bo)).toEqual(['bo@example.org', 'bo@provider.test']);
      });

      test('two accounts at one address stay two, even where they differ in case alone', async () => {
        const [one, two] = [
          await the.user({ email: 'twin@example.org' }),
          await the.user({ email: 'Twin@Example.org' }),
        ];
        expect((await source.subjectsAt('twin@example.org')).sort()).toEqual([one, two].sort());
      });

      test('what only looks alike is somebody else: wide letters, accents, patterns', async () => {
        await the.user({ email: 'ｗide@example.org' });
        await the.user({ email: 'rené@example.org' });
        for (const address of ['wide@example.org', 'rene@example.org', '.*', '$ne', 'a*@example.org', '']) {
          expect([address, await source.subjectsAt(address)]).toEqual([address, []]);
        }
      });

      test('an unknown subject has no address and does not exist', async () => {
        expect(await source.addressesOf(String(new ObjectId()))).toEqual([]);
        expect(await source.exists(String(new ObjectId()))).toBe(false);
        expect(await source.exists('not a key at all')).toBe(false);
      });
    });

    describe('the forms of a key', () => {
      test.each([
        ['an ObjectId', new ObjectId()],
        ['a UUID', new mongoose.mongo.UUID()],
        ['a number', 4711],
        ['a large number', 900_719_925_474_099],
        ['a text', 'user_7f3a'],
        ['a text that looks like a number', '0815'],
        ['a UUID as text', '5b6e1f0a-1c0d-4d5e-9a37-6f0c2f6f1a11'],
      ])('%s leads to the person and to what refers to it', async (_name, key) => {
        const subject = await the.user({ _id: key, email: `key-${String(key)}@example.org` });
        await the.video({ userId: key, createdAt: ago(1) });
        expect(await source.subjectsAt(`key-${String(key)}@example.org`)).toEqual([subject]);
        expect(await source.exists(subject)).toBe(true);
        expect(await source.recordsOf(subject, 'generations', 10)).toHaveLength(1);
      });
    });

    describe('what there is of a person', () => {
      test('a survey counts every collection, those found through others too, and each file once', async () => {
        const cy = await the.user({ email: 'cy@example.org' });
        const key = await the.apiKey(cy);
        await the.log(key, ago(1));
        await the.log(key, ago(2));
        await the.log(new ObjectId(), ago(1));
        await the.video({ userId: new ObjectId(cy), createdAt: ago(3), input: 'uploads/shared.png' });
        await the.video({ userId: new ObjectId(cy), createdAt: ago(2), input: 'uploads/shared.png' });
        const found = new Map((await source.survey(cy)).map((each) => [each.collection, each]));
        expect([...found.keys()].sort()).toEqual(policy.inventory.collections.map((each) => each.name).sort());
        expect(found.get('users')).toMatchObject({ count: 1 });
        expect(found.get('apiLogs')).toMatchObject({ count: 2 });
        expect(found.get('generations')).toMatchObject({ count: 2, files: 3, newest: ago(2) });
        expect(found.get('payments')).toMatchObject({ count: 0 });
      });

      test('records come with the files that they hold, and no more than were asked for', async () => {
        const di = await the.user({ email: 'di@example.org' });
        for (const days of [1, 2, 3]) await the.video({ userId: new ObjectId(di), createdAt: ago(days) });
        const records = await source.recordsOf(di, 'generations', 2);
        expect(records).toHaveLength(2);
        for (const { files } of records) {
          expect(files).toEqual([
            { store: 'media', key: expect.stringMatching(/^uploads\//) },
            { store: 'media', key: expect.stringMatching(/^generations\//) },
          ]);
        }
      });
    });

    describe('what is due', () => {
      test('holds keep the records of their person, or of everybody, and of their collection alone', async () => {
        const [ed, flo] = [await the.user({ email: 'ed@example.org' }), await the.user({ email: 'flo@example.org' })];
        await the.db.collection('generations').deleteMany({});
        await the.video({ userId: new ObjectId(ed), createdAt: ago(31) });
        await the.video({ userId: new ObjectId(flo), createdAt: ago(31) });
        const due = async (hold?: object): Promise<number> => {
          const holds = hold ? [{ kind: 'legal', ground: 'claim', from: ago(1), ...hold } as const] : [];
          const records = await source.dueRecords('generations', { ...free, holds, limit: 10 });
          expect(await source.countDue('generations', { ...free, holds })).toBe(records.length);
          return records.length;
        };
        expect(await due()).toBe(2);
        expect(await due({ subject: ed })).toBe(1);
        expect(await due({})).toBe(0);
        expect(await due({ subject: ed, collection: 'payments' })).toBe(2);
        expect(await due({ collection: 'generations' })).toBe(0);
        expect(await due({ until: ago(0.5) })).toBe(2);
      });

      test('a hold reaches what is found through other records', async () => {
        const gus = await the.user({ email: 'gus@example.org' });
        const key = await the.apiKey(gus);
        await the.log(key, ago(91));
        const holds = [{ kind: 'legal', subject: gus, ground: 'claim', from: ago(1) } as const];
        expect(await source.countDue('apiLogs', free)).toBe(1);
        expect(await source.countDue('apiLogs', { ...free, holds })).toBe(0);
      });

      test('a ceiling is met ahead of time; the account names its subject', async () => {
        const hal = await the.user({ email: 'hal@example.org', closedAt: new Date(NOW.getTime() - 30 * DAY + HOUR) });
        expect(await source.dueRecords('users', { ...free, limit: 5 })).toEqual([]);
        expect(await source.dueRecords('users', { ...free, aheadMs: HOUR, limit: 5 })).toEqual([
          expect.objectContaining({ subject: hal }),
        ]);
      });
    });

    describe('taking away', () => {
      test('a removal says how many are gone, and says the same when it is repeated', async () => {
        const ids = [
          await the.video({ userId: new ObjectId(), createdAt: ago(1) }),
          await the.video({ userId: new ObjectId(), createdAt: ago(1) }),
        ];
        const remix = await the.video({ userId: new ObjectId(), createdAt: ago(1), parentId: ids[0] });
        expect(await source.remove('generations', ids)).toBe(2);
        expect(await source.remove('generations', ids)).toBe(2);
        expect(await the.db.collection('generations').findOne({ _id: remix })).not.toHaveProperty('parentId');
      });

      test('with stillDue, what was saved, or put under a hold, since it was selected stays', async () => {
        const ivy = await the.user({ email: 'ivy@example.org' });
        const [old, saved, held] = [
          await the.video({ userId: new ObjectId(), createdAt: ago(31) }),
          await the.video({ userId: new ObjectId(), createdAt: ago(31), savedAt: ago(0) }),
          await the.video({ userId: new ObjectId(ivy), createdAt: ago(31) }),
        ];
        const holds = [{ kind: 'legal', subject: ivy, ground: 'claim', from: ago(1) } as const];
        expect(await source.remove('generations', [old, saved, held], { ...free, holds })).toBe(1);
        const left = await the.db.collection('generations').distinct('_id', { _id: { $in: [old, saved, held] } });
        expect(left.map(String).sort()).toEqual([saved, held].map(String).sort());
      });

      test('detaching takes the person out, keeps the record, and can be repeated', async () => {
        const jo = await the.user({ email: 'jo@example.org' });
        const id = await the.payment(jo, ago(10));
        expect(await source.detach('payments', [id])).toBe(1);
        expect(await source.detach('payments', [id])).toBe(1);
        expect(await source.recordsOf(jo, 'payments', 5)).toEqual([]);
        expect(await the.db.collection('payments').findOne({ _id: id })).toMatchObject({ amount: 900 });
      });

      test('a file is still referenced while any record in any collection holds it', async () => {
        const user = await the.user({ email: 'kim@example.org', avatar: 'avatars/kim.png' });
        await the.video({ userId: new ObjectId(user), createdAt: ago(1), input: 'uploads/both.png' });
        const media = (key: string): { store: string; key: string } => ({ store: 'media', key });
        const asked = ['uploads/both.png', 'avatars/kim.png', 'uploads/nobody.png'].map(media);
        expect(await source.stillReferenced(asked)).toEqual(asked.slice(0, 2));
        expect(await source.stillReferenced([{ store: 'elsewhere', key: 'uploads/both.png' }])).toEqual([]);
      });
    });

    describe('the second look', () => {
      test('finds new logs of an API key that is gone, and they can be taken away', async () => {
        const lu = await the.user({ email: 'lu@example.org' });
        const key = await the.apiKey(lu);
        const captured = await source.identify(lu);
        expect(captured).toMatchObject({
          subject: lu,
          addresses: ['lu@example.org'],
          keys: { apiKeys: [String(key)] },
        });
        await the.db.collection('apiKeys').deleteOne({ _id: key });
        await the.db.collection('users').deleteOne({ _id: new ObjectId(lu) });
        await the.log(key, ago(0));
        expect((await source.residue(captured)).found).toEqual([
          { collection: 'apiLogs', path: 'keyId', count: 1, named: true, leads: true },
        ]);
        expect(await source.recordsOf(lu, 'apiLogs', 5)).toEqual([]);
        expect(await source.recordsOf(lu, 'apiLogs', 5, captured)).toHaveLength(1);
      });

      test('finds the address wherever it stands, as it was typed, and nothing of others', async () => {
        const may = await the.user({ email: 'may@example.org' });
        const captured = await source.identify(may);
        await the.db.collection('users').deleteOne({ _id: new ObjectId(may) });
        expect((await source.residue(captured)).found).toEqual([]);
        await the.user({ email: 'other@example.org', name: 'May@Example.org' });
        expect((await source.residue(captured)).found).toEqual([
          { collection: 'users', path: 'name', count: 1, named: true, leads: false },
        ]);
      });
    });
  });
}
