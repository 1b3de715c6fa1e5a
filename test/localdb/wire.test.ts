import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { BSON } from 'bson';
import { findDatabase, type LocalDatabase } from '../../packages/localdb/src/index.ts';
import { describe, test } from './support/onEngine.ts';
import { framed, message, type RawClient, rawClient } from './support/rawClient.ts';

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

const ping = { ping: 1, $db: 'admin' };

const cString = (text: string): Buffer => Buffer.from(`${text}\0`);

function query(namespace: string, document: Uint8Array): Buffer {
  return framed(2004, Buffer.concat([Buffer.alloc(4), cString(namespace), Buffer.alloc(8), document]));
}

/** Sends bytes on a connection of their own and expects it to be closed, and the server to go on. */
async function isRefused(bytes: Buffer): Promise<void> {
  const offender = await rawClient(database.uri);
  offender.send(bytes);
  await offender.closed;
  expect(await client.command(ping)).toEqual({ ok: 1 });
}

describe('the handshake', () => {
  test('is answered in the old form where it is asked in the old form', async () => {
    const newcomer = await rawClient(database.uri);
    newcomer.send(query('admin.$cmd', BSON.serialize({ isMaster: 1, helloOk: true })));

    const { opCode, responseTo, document } = await newcomer.answer();

    expect([opCode, responseTo]).toEqual([1, 7]);
    expect(document).toMatchObject({ ok: 1, ismaster: true, helloOk: true, setName: 'rs0', maxWireVersion: 21 });
    newcomer.end();
  });

  test('names no host but this one', async () => {
    const { hosts, me } = await client.command({ hello: 1, $db: 'admin' });

    expect(hosts).toEqual([new URL(database.uri).host]);
    expect(me).toBe(hosts[0]);
  });

  test('says that passwords are of no use', async () => {
    expect(await client.command({ saslStart: 1, mechanism: 'PLAIN', $db: 'admin' })).toMatchObject({ ok: 0, code: 18 });
  });
});

describe('a message', () => {
  test('may carry its documents beside the command', async () => {
    const documents = [{ _id: 1 }, { _id: 2 }];

    expect(await client.command({ insert: 'beside', $db: 'wire' }, { documents })).toMatchObject({ ok: 1, n: 2 });
  });

  test('may arrive in pieces, and two may arrive at once', async () => {
    const bytes = message(ping);
    for (const byte of bytes) client.send(Buffer.of(byte));
    expect((await client.answer()).document).toEqual({ ok: 1 });

    client.send(Buffer.concat([bytes, bytes]));
    expect((await client.answer()).document).toEqual({ ok: 1 });
    expect((await client.answer()).document).toEqual({ ok: 1 });
  });

  test('that wants no answer gets none', async () => {
    client.send(message({ insert: 'quiet', $db: 'wire' }, { documents: [{ _id: 1 }] }, 2));

    expect(await client.command({ count: 'quiet', $db: 'wire' })).toMatchObject({ n: 1 });
  });

  test('with an unknown command is answered with CommandNotFound', async () => {
    expect(await client.command({ frobnicate: 1, $db: 'wire' })).toEqual({
      ok: 0,
      errmsg: "no such command: 'frobnicate'",
      code: 59,
      codeName: 'CommandNotFound',
    });
  });
});

describe('a broken message ends its connection and nothing else', () => {
  const body = message(ping).subarray(16);

  test('a length that is too small', () => isRefused(framed(2013, body, 3)));
  test('a negative length', () => isRefused(framed(2013, body, -1)));
  test('a length beyond what the handshake allows', () => isRefused(framed(2013, body, 2_000_000_000)));
  test('an unknown operation', () => isRefused(framed(4711, body)));
  test('a compressed message, which the handshake does not offer', () => isRefused(framed(2012, body)));
  test('an unknown flag that must be understood', () => isRefused(message(ping, {}, 1 << 5)));
  test('a wrong checksum', () =>
    isRefused(framed(2013, Buffer.concat([Buffer.of(1, 0, 0, 0), body.subarray(4), Buffer.alloc(4)]))));
  test('a document that is longer than its message', () =>
    isRefused(framed(2013, Buffer.concat([body.subarray(0, 5), Buffer.of(255, 0, 0, 0, 0)]))));
  test('a section that is cut off', () =>
    isRefused(framed(2013, Buffer.concat([body, Buffer.of(1, 99, 0, 0, 0, 65)]))));
  test('a section of an unknown kind', () => isRefused(framed(2013, Buffer.concat([body, Buffer.of(9, 0, 0, 0, 0)]))));
  test('a message without a command', () => isRefused(framed(2013, Buffer.alloc(8))));
  test('a query without the end of its name', () => isRefused(framed(2004, Buffer.alloc(9, 65))));
  test('random bytes', () => isRefused(framed(2013, randomBytes(500))));
});

test('a document that is broken inside is refused by the engine', async () => {
  const length = Buffer.of(17, 0, 0, 0);
  const broken = Buffer.concat([length, Buffer.of(4, 97, 0, 7, 0, 0, 0, 255, 0, 0, 0, 0, 0)]);
  const content = Buffer.concat([cString('documents'), broken]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(content.length + 4);
  const head = message({ insert: 'broken', $db: 'wire' }).subarray(16);

  client.send(framed(2013, Buffer.concat([head, Buffer.of(1), size, content])));

  const { document } = await client.answer();
  expect(document.writeErrors?.[0] ?? document).toMatchObject({ code: expect.any(Number) });
  expect(await client.command(ping)).toEqual({ ok: 1 });
});
