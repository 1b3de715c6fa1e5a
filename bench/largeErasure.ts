import { memoryFiles } from '@kept/core';
import mongoose from 'mongoose';
import { keptOnDatabase, NOW } from './keptOnDatabase.ts';

const MB = 1024 * 1024;
/** At which parts of the way the memory is looked at. */
const MARKS = [0.1, 0.5, 1] as const;
const BATCH = 2_000;
const { ObjectId } = mongoose.mongo;

/** Erases somebody with so many videos, which hold a file each, and says how fast and with how much memory. */
async function main(count: number): Promise<void> {
  const memory: string[] = [];
  let gone = 0;
  const media = memoryFiles();
  const { connection, kept, close } = await keptOnDatabase({
    ...media,
    // Each record holds one file: as many are gone.
    async remove(keys) {
      gone += keys.length;
      if (gone >= count * (MARKS[memory.length] ?? 2)) memory.push(memoryNow());
      return media.remove(keys);
    },
  });
  const users = connection.collection('users');
  const generations = connection.collection('generations');
  await generations.createIndexes([
    { key: { userId: 1 } },
    { key: { parentId: 1 } },
    { key: { 'outputs.file': 1 } },
    { key: { 'references.file': 1 } },
  ]);
  const [userId, other] = [new ObjectId(), new ObjectId()];
  const fill = async (owner: mongoose.mongo.ObjectId): Promise<void> => {
    for (let from = 0; from < count; from += BATCH) {
      const some = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => ({
        userId: owner,
        prompt: 'a boat',
        outputs: [{ file: `generations/${owner}-${from + n}.mp4` }],
        createdAt: NOW,
      }));
      await generations.insertMany(some, { ordered: false });
    }
  };
  await fill(other);
  const bare = await timed(() => generations.deleteMany({ userId: other }));

  await users.insertOne({ _id: userId, email: 'ann@example.org', name: 'Ann', identities: [], createdAt: NOW });
  await fill(userId);
  const [ada, lin] = [
    await kept.staff.add({ email: 'ada@kept.test', name: 'Ada', role: 'agent', password: 'a long password' }),
    await kept.staff.add({ email: 'lin@kept.test', name: 'Lin', role: 'lead', password: 'a long password' }),
  ];
  const asks = {
    right: 'erasure',
    channel: 'app',
    subject: String(userId),
    address: 'ann@example.org',
    text: 'Please.',
  } as const;
  const { _id } = await kept.requests.open(asks);
  await kept.requests.advance();
  const request = await kept.requests.get(_id);
  const hash = request && 'preview' in request ? request.preview.hash : '';
  await kept.requests.propose(_id, ada._id, hash);
  await kept.requests.approve(_id, lin._id, hash);

  const before = memoryNow();
  const whole = await timed(() => kept.requests.run(_id));
  const ended = await kept.requests.get(_id);
  const left = await generations.countDocuments({ userId });
  if (left > 0) throw new Error(`${left} records are left, the request is ${ended?.status}`);

  const speed = ((count / whole) * 1000).toFixed(0);
  process.stdout.write(`  ${count} records: ${speed}/s, ${(bare / whole).toFixed(3)}x, ${ended?.status}\n`);
  process.stdout.write(`    live heap and RSS before ${before}; after a tenth, a half and all ${memory.join(', ')}\n`);
  await close();
}

function memoryNow(): string {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return `${(heapUsed / MB).toFixed(0)} and ${(rss / MB).toFixed(0)} MB`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

await main(Number(process.argv[2]));
process.exit(0);
