import { notBeforeLastWord } from '../../kernel/consent/notBeforeLastWord.ts';
import type { ConsentRecord, ObjectionRecord } from '../stored.ts';
import type { World } from '../world.ts';

/** The instant of what a person says now: never before anything they said earlier, whatever became of the clock. */
export async function saidAt({ clock, records, service }: World, subject: string): Promise<Date> {
  const now = clock.now();
  const where = { service, subject };
  const [given, objected] = await Promise.all([
    records.collection<ConsentRecord>('consents').find(where),
    records.collection<ObjectionRecord>('objections').find(where),
  ]);
  return notBeforeLastWord(
    [...given, ...objected].flatMap<{ at: Date }>(({ events }) => events),
    now,
  );
}
