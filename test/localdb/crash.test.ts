import { expect, test } from '@jest/globals';
import { crashTest, NOT_DURABLE } from '../../packages/localdb/crash/crashTest.ts';

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
