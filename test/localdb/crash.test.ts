import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { crashTest, NOT_DURABLE } from '../../packages/localdb/crash/crashTest.ts';

import { foldersIn, makeFolder } from '../../packages/localdb/src/documentdb/folders.ts';
import { startDocumentDb } from '../../packages/localdb/src/documentdb/service.ts';
import { NOT_FORCED } from '../../packages/localdb/src/documentdb/settings.ts';
import { test } from './support/onEngine.ts';

const LIMIT_MS = 120_000;

test(
  'what was acknowledged is there after the engine was killed in mid-write',
  async () => {
    const report = await crashTest({ kills: 2, writeMs: 1500 });

    expect(report.inserts).toBeGreaterThan(100);
    expect(report.transactions).toBeGreaterThan(10);
    expect(report).toMatchObject({
      ...{ kills: 2, lostInserts: 0, lostTransactions: 0, torn: 0, lostIncrements: 0, surplusIncrements: 0 },
      indexAgrees: true,
    });
  },
  LIMIT_MS,
);

test(
  'a write that the driver sends twice around a kill happens once',
  async () => {
    const report = await crashTest({ kills: 1, writeMs: 1500, retryWrites: true });

    expect(report).toMatchObject({
      lostInserts: 0,
      lostTransactions: 0,
      torn: 0,
      lostIncrements: 0,
      surplusIncrements: 0,
    });
  },
  LIMIT_MS,
);

test(
  'the negative control, an engine that acknowledges before it has written, loses something',
  async () => {
    const report = await crashTest({ kills: 1, writeMs: 1500, settings: NOT_DURABLE });

    expect(report.lostInserts).toBeGreaterThan(0);
  },
  LIMIT_MS,
);

test(
  'nor does an engine lose anything that leaves it to the system when what was written gets onto the disk',
  async () => {
    const report = await crashTest({ kills: 1, writeMs: 500, settings: NOT_FORCED });

    expect(report).toMatchObject({ kills: 1, lostInserts: 0, lostTransactions: 0, torn: 0, lostIncrements: 0 });
    expect(report.inserts).toBeGreaterThan(0);
  },
  LIMIT_MS,
);

test(
  'what was acknowledged is there after the gateway was killed, which leaves the engine alone behind',
  async () => {
    const { runs } = foldersIn();
    await makeFolder(runs);
    const data = await mkdtemp(path.join(runs, 'kept-'));
    const start = (): ReturnType<typeof startDocumentDb> => startDocumentDb({ data, fresh: false, log: () => {} });
    const things = <T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> =>
      MongoClient.connect(uri).then((client) => work(client).finally(() => client.close()));
    try {
      const first = await start();
      await things(first.uri, (client) => client.db('crash').collection('things').insertMany([{}, {}]));
      const gone = new Promise((resolve) => first.process.once('exit', resolve));
      first.process.kill('SIGKILL');
      await gone;

      const second = await start();
      expect(await things(second.uri, (client) => client.db('crash').collection('things').countDocuments())).toBe(2);
      await second.close();
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  },
  LIMIT_MS,
);
