import mongoose from 'mongoose';
import { keptOnDatabase } from './keptOnDatabase.ts';

const PEOPLE = 400;
const ROUNDS = 5;
const question = { purpose: 'improvement', category: 'usage' };

/** `kept.decide` with facts from the database, against the bare read of the same facts on the same server. */
export async function benchFacts(): Promise<void> {
  const { connection, kept, reopened, close } = await keptOnDatabase();
  const people = Array.from({ length: PEOPLE }, () => new mongoose.Types.ObjectId());
  await connection
    .collection('users')
    .insertMany(people.map((_id) => ({ _id, email: `${_id}@example.org`, country: 'DE', birthYear: 1990 })));
  for (const [n, id] of people.entries()) {
    await kept.consents.give(String(id), 'training', 'bench');
    if (n % 2 === 0) await kept.objections.object(String(id), 'communication.announcement', 'bench');
  }

  /** What a host would do who keeps no cache and asks for the facts alone, all at once. */
  const bareRead = async (id: mongoose.Types.ObjectId): Promise<unknown> => {
    const subject = String(id);
    const histories = ['kept_consents', 'kept_objections', 'kept_holds', 'kept_acceptances'];
    return Promise.all([
      ...histories.map((name) => connection.collection(name).find({ service: 'sdance-ai', subject }).toArray()),
      connection.collection('users').findOne({ _id: id }, { projection: { country: 1, birthYear: 1 } }),
      connection.collection('kept_policies').findOne({ service: 'sdance-ai' }),
    ]);
  };
  const times: Record<string, number[]> = { 'the bare read of the same facts': [] };
  const measured = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const started = performance.now();
    await work();
    times[name] = [...(times[name] ?? []), performance.now() - started];
  };
  for (let round = 0; round <= ROUNDS; round += 1) {
    if (round === 1) for (const name of Object.keys(times)) times[name] = [];
    const fresh = await reopened();
    for (const id of people) {
      await measured('the bare read of the same facts', () => bareRead(id));
      await measured('kept.decide, a person never asked about', () =>
        fresh.decide({ ...question, subject: String(id) }),
      );
      await measured('kept.decide, asked about once before', () => fresh.decide({ ...question, subject: String(id) }));
      await measured('kept.decide, its facts kept', () => fresh.decide({ ...question, subject: String(id) }));
    }
  }

  process.stdout.write(`\nDecisions with facts from the database (${PEOPLE} people, ${ROUNDS} rounds)\n`);
  const bare = times['the bare read of the same facts'] ?? [];
  for (const [name, all] of Object.entries(times)) {
    const [p50, p99] = [at(all, 0.5), at(all, 0.99)];
    const ratios = `${(p50 / at(bare, 0.5)).toFixed(2)}x, ${(p99 / at(bare, 0.99)).toFixed(2)}x`;
    process.stdout.write(`  ${name.padEnd(44)} p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms: ${ratios}\n`);
  }
  await close();
}

function at(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
}
