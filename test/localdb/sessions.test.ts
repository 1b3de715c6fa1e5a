import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Document } from 'bson';
import { findDatabase, type LocalDatabase } from '../../packages/localdb/src/index.ts';
import { describe, test } from './support/onEngine.ts';
import { numberOf, type RawClient, rawClient, session } from './support/rawClient.ts';

const $db = 'sessions';
let database: LocalDatabase;
let client: RawClient;

beforeAll(async () => {
  database = await findDatabase({ kinds: ['documentdb'] });
  client = await rawClient(database.uri);
}, 120_000);
afterAll(async () => {
  client.end();
  await database.close();
});

const find = async (collection: string): Promise<Document[]> =>
  (await client.command({ find: collection, sort: { _id: 1 }, $db })).cursor.firstBatch;

/** Sends the same retryable write twice, the second time as after a lost answer. */
async function twice(command: Document, sequences: Record<string, Document[]> = {}): Promise<[Document, Document]> {
  const retryable = { ...command, $db, lsid: session(), txnNumber: numberOf(1) };
  return [await client.command(retryable, sequences), await client.command(retryable, sequences)];
}

describe('a retryable write that is sent twice happens once', () => {
  test('one insert', async () => {
    const [first, second] = await twice({ insert: 'one' }, { documents: [{ _id: 1 }] });

    expect(second).toEqual(first);
    expect(first).toMatchObject({ ok: 1, n: 1 });
  });

  test('several inserts', async () => {
    const [first, second] = await twice({ insert: 'several' }, { documents: [{ _id: 1 }, { _id: 2 }] });

    expect(second).toEqual(first);
    expect(first).toMatchObject({ ok: 1, n: 2 });
  });

  test('one update', async () => {
    await client.command({ insert: 'counter', $db }, { documents: [{ _id: 1, n: 0 }] });
    await twice({ update: 'counter' }, { updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] });

    expect(await find('counter')).toEqual([{ _id: 1, n: 1 }]);
  });

  test('several updates', async () => {
    await client.command(
      { insert: 'counters', $db },
      {
        documents: [
          { _id: 1, n: 0 },
          { _id: 2, n: 0 },
        ],
      },
    );
    const updates = [1, 2].map((_id) => ({ q: { _id }, u: { $inc: { n: 1 } } }));
    const [first, second] = await twice({ update: 'counters' }, { updates });

    expect(second).toEqual(first);
    expect(await find('counters')).toEqual([
      { _id: 1, n: 1 },
      { _id: 2, n: 1 },
    ]);
  });

  test('find and modify', async () => {
    await client.command({ insert: 'claimed', $db }, { documents: [{ _id: 1, n: 0 }] });
    const [first, second] = await twice({
      findAndModify: 'claimed',
      query: { _id: 1 },
      update: { $inc: { n: 1 } },
      new: true,
    });

    expect(second.value).toEqual(first.value);
    expect(await find('claimed')).toEqual([{ _id: 1, n: 1 }]);
  });

  test('the next number of the session is another write', async () => {
    await client.command(
      { insert: 'next', $db },
      {
        documents: [
          { _id: 1, n: 0 },
          { _id: 2, n: 0 },
        ],
      },
    );
    const lsid = session();
    const updates = [1, 2].map((_id) => ({ q: { _id }, u: { $inc: { n: 1 } } }));
    for (const number of [1, 2])
      await client.command({ update: 'next', $db, lsid, txnNumber: numberOf(number) }, { updates });

    expect(await find('next')).toEqual([
      { _id: 1, n: 2 },
      { _id: 2, n: 2 },
    ]);
  });
});

describe('a transaction', () => {
  const inside = (lsid: object, number: number, starts = false): Document => ({
    ...{ $db, lsid, txnNumber: numberOf(number), autocommit: false, ...(starts && { startTransaction: true }) },
  });
  const insert = (collection: string, lsid: object, by: RawClient = client): Promise<Document> =>
    by.command({ insert: collection, ...inside(lsid, 1, true) }, { documents: [{ _id: 1 }] });
  const finish = (name: string, lsid: object): Promise<Document> =>
    client.command({ [name]: 1, ...inside(lsid, 1), $db: 'admin' });

  test('may be committed twice: the second time tells the outcome', async () => {
    const lsid = session();
    await insert('committed', lsid);

    expect(await finish('commitTransaction', lsid)).toEqual({ ok: 1 });
    expect(await finish('commitTransaction', lsid)).toEqual({ ok: 1 });
    expect(await find('committed')).toEqual([{ _id: 1 }]);
  });

  test('that nobody started cannot be committed', async () => {
    const answer = await finish('commitTransaction', session());

    expect(answer).toMatchObject({ ok: 0, code: 251, codeName: 'NoSuchTransaction' });
    expect(answer.errorLabels).toContain('TransientTransactionError');
  });

  test('ends with its first error', async () => {
    const lsid = session();
    await insert('failed', lsid);
    const second = await client.command({ insert: 'failed', ...inside(lsid, 1) }, { documents: [{ _id: 1 }] });
    expect(second.writeErrors[0]).toMatchObject({ code: 11000 });

    expect(await client.command({ find: 'failed', ...inside(lsid, 1) })).toMatchObject({ ok: 0, code: 251 });
    expect(await find('failed')).toEqual([]);
  });

  test('is given up when the session starts another', async () => {
    const lsid = session();
    await insert('given-up', lsid);
    await client.command({ find: 'given-up', ...inside(lsid, 2, true) });

    expect(await find('given-up')).toEqual([]);
    expect(await client.command({ find: 'given-up', ...inside(lsid, 1, true) })).toMatchObject({ ok: 0, code: 225 });
  });

  test('is given up when its client goes', async () => {
    const leaving = await rawClient(database.uri);
    const lsid = session();
    await insert('left', lsid, leaving);
    leaving.end();

    // A write to the same document waits until the transaction is gone.
    expect(await client.command({ insert: 'left', $db }, { documents: [{ _id: 1 }] })).toMatchObject({ ok: 1, n: 1 });
    expect(await finish('commitTransaction', lsid)).toMatchObject({ code: 251 });
  });

  test('is given up with its session', async () => {
    const lsid = session();
    await insert('ended', lsid);

    expect(await client.command({ endSessions: [lsid], $db: 'admin' })).toEqual({ ok: 1 });
    expect(await finish('commitTransaction', lsid)).toMatchObject({ code: 251 });
  });

  test('refuses what MongoDB refuses in transactions', async () => {
    const answer = await client.command({ count: 'counter', ...inside(session(), 1, true) });

    expect(answer).toMatchObject({ code: 263, codeName: 'OperationNotSupportedInTransaction' });
  });
});

describe('a cursor', () => {
  const open = async (collection: string): Promise<Document> => {
    await client.command({ insert: collection, $db }, { documents: [1, 2, 3].map((_id) => ({ _id })) });
    return (await client.command({ find: collection, sort: { x: 1 }, batchSize: 1, $db })).cursor;
  };
  // The id needs all of its 64 bits.
  const more = (id: unknown, collection: string): Promise<Document> =>
    client.command({ getMore: typeof id === 'number' ? numberOf(id) : id, collection, $db });

  test('goes on where it was', async () => {
    const { id } = await open('read');
    const { cursor } = await more(id, 'read');

    expect(cursor.nextBatch).toHaveLength(2);
    expect(Number(cursor.id)).toBe(0);
  });

  test('that was killed is not found', async () => {
    const { id } = await open('killed');
    const answer = await client.command({ killCursors: 'killed', cursors: [numberOf(Number(id))], $db });

    expect(answer.cursorsKilled.map(Number)).toEqual([Number(id)]);
    expect(await more(id, 'killed')).toMatchObject({ ok: 0, code: 43, codeName: 'CursorNotFound' });
  });

  test('belongs to its collection', async () => {
    const { id } = await open('owner');

    expect(await more(id, 'stranger')).toMatchObject({ ok: 0, code: 13 });
  });
});
