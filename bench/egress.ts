import mongoose from 'mongoose';
import { keptOnDatabase, NOW } from './keptOnDatabase.ts';
import { compare } from './ratio.ts';

const COUNT = 100;
const MEGABYTE = 1024 * 1024;

/** A body through a gate, against copying it and writing a line of log, which no gate that keeps a record can do without. */
export async function benchEgress(): Promise<void> {
  const { connection, kept, close } = await keptOnDatabase();
  const _id = new mongoose.Types.ObjectId();
  await connection
    .collection('users')
    .insertOne({ _id, email: 'mara.keller@example.org', name: 'Mara Keller', country: 'DE' });
  const payments = Array.from({ length: 20 }, (_, n) => ({
    userId: _id,
    processorRef: `ch_${n}_9fk2Lm31`,
    paidAt: NOW,
  }));
  await connection.collection('payments').insertMany(payments);
  const gate = kept.egress('fal-ai', { subject: String(_id), generation: 'g-1' });

  const words = 'A lighthouse in a storm at night, waves against the rocks, oil on canvas, for Mara Keller. ';
  const typical = {
    prompt: words,
    model: 'seedance-2.0',
    duration: 5,
    seed: 7,
    user: { email: 'mara.keller@example.org' },
  };
  const large = { ...typical, prompt: words.repeat(Math.ceil(MEGABYTE / words.length)) };
  const log = connection.collection('bench_log');

  const many = (count: number, one: () => unknown) => async (): Promise<number> => {
    for (let n = 0; n < count; n += 1) await one();
    return count;
  };
  await compare('A typical body through a gate', 'bodies', [
    { name: 'a line of log alone', run: many(COUNT, () => log.insertOne({ subject: String(_id), at: NOW })) },
    { name: 'JSON.parse(JSON.stringify()), no log', run: many(COUNT, () => JSON.parse(JSON.stringify(typical))) },
    { name: 'gate.pass, searched and on record', run: many(COUNT, () => gate.pass(typical)) },
  ]);
  await compare('A body of 1 MB, its name 12,000 times in it', 'bodies', [
    { name: 'JSON.parse(JSON.stringify()), no log', run: many(10, () => JSON.parse(JSON.stringify(large))) },
    { name: 'gate.pass, searched and on record', run: many(10, () => gate.pass(large)) },
  ]);

  await close();
}
