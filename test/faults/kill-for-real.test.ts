import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { diskFiles } from '@kept/core';
import { receiptFaults } from '../../packages/core/src/kernel/evidence/receipt.ts';
import { approvedErasure } from '../engine/case.ts';
import { erasureReceiptOf } from '../support/erasureReceiptOf.ts';
import { aPerson } from '../support/people.ts';
import { type Scene, START } from '../support/scene.ts';
import { type Lasting, open } from './doomed.ts';

let lasting: Lasting;
const toClose: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  lasting = {
    uri: process.env.KEPT_TEST_MONGODB_URI ?? '',
    dbName: `k_${randomUUID().replaceAll('-', '').slice(0, 16)}`,
    directory: await mkdtemp(join(tmpdir(), 'kept-killed-')),
    at: START,
  };
});
afterAll(async () => {
  const { db } = await opened(lasting);
  await db.dropDatabase();
  for (const each of toClose) await each.close();
  await rm(lasting.directory, { recursive: true });
});

test('a worker killed with SIGKILL among its files leaves nothing half-erased called done, and the next one ends it', async () => {
  const first = await opened(lasting);
  const media = diskFiles(`${lasting.directory}/media`);
  const stage = { ...first, media, clock: first.kept.clock } as unknown as Scene;
  const mara = await aPerson(stage, 'mara@example.org', { videos: 3 });
  const id = await approvedErasure(stage, first.kept, mara.address);

  const removed = await killAfter(2);
  expect(removed).toHaveLength(2);
  const generations = first.db.collection('generations');
  expect(await first.kept.requests.get(id)).toMatchObject({ status: 'running' });
  expect(await generations.countDocuments()).toBe(0);
  expect(await first.db.collection('users').countDocuments()).toBe(1);
  // While the lease of the dead stands nobody else runs it; a minute later the next one does.
  await expect(first.kept.requests.run(id)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });

  const next = await opened({ ...lasting, at: new Date(START.getTime() + 60_000) });
  await next.kept.requests.advance();
  await next.kept.outbox.deliver();
  await next.kept.evidence.sequence();
  expect(await next.kept.requests.get(id)).toMatchObject({ status: 'fulfilled', answerSentAt: expect.any(Date) });
  for (const video of mara.videos) {
    expect([await media.has(`generations/${video}.mp4`), await media.has(`uploads/${video}.png`)]).toEqual([
      false,
      false,
    ]);
  }
  const receipt = await erasureReceiptOf(next.kept, id);
  expect(receipt && receiptFaults(receipt)).toEqual([]);
  expect(receipt?.lines.find((line) => line.collection === 'generations')).toMatchObject({
    found: 3,
    done: 3,
    files: { found: 6, done: 6 },
  });
  expect(next.mailer.sent.map((letter) => letter.subjectLine.replace(/ \(.*/, ''))).toEqual([
    'Your data has been erased',
  ]);
  expect(await next.kept.evidence.verify()).toMatchObject({ ok: true });
}, 60_000);

async function opened(what: Lasting): ReturnType<typeof open> {
  const it = await open(what);
  toClose.push(it);
  return it;
}

/** Starts a worker and kills it once it has told of so many files; answers them. */
async function killAfter(files: number): Promise<string[]> {
  const worker = spawn(
    process.execPath,
    [
      '--conditions=@kept/source',
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'doomed.ts'),
      JSON.stringify(lasting),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => worker.once('exit', (_code, signal) => resolve(signal)));
  let told = '';
  for await (const chunk of worker.stdout) {
    told += chunk;
    if (told.split('\n').length > files) worker.kill('SIGKILL');
  }
  expect(await ended).toBe('SIGKILL');
  return told.trim().split('\n');
}
