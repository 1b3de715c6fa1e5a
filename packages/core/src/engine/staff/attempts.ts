import { KeptError } from '../../kernel/keptError.ts';
import { fresh, update } from '../aggregate.ts';
import type { Stored } from '../stored.ts';
import type { World } from '../world.ts';

const MOST_FAILURES = 5;
const WINDOW_MS = 15 * 60_000;

/** Failed sign-ins under one mark: a hash of the name tried, or of the place it came from. */
interface Attempts extends Stored {
  readonly since: Date;
  readonly failures: number;
}

/** Throws SIGN_IN_SLOWED after too many failures, until a quarter of an hour has gone by. */
export async function demandCalm(world: World, mark: string, now: Date): Promise<void> {
  const attempts = await world.records.collection<Attempts>('attempts').get(mark);
  if (!attempts || attempts.failures < MOST_FAILURES || isOver(attempts, now)) return;
  throw slowed();
}

function slowed(): KeptError {
  return new KeptError('SIGN_IN_SLOWED', 'Too many attempts', {
    place: 'sign-in',
    remedy: 'Wait a quarter of an hour, then try again.',
  });
}

/** Counted before the password is looked at, so that many tries at once do not slip past; a good one is forgiven. */
export async function countAttempt(world: World, mark: string, now: Date): Promise<void> {
  const first: Attempts = { ...fresh(world, mark), since: now, failures: 1 };
  if (await world.records.collection<Attempts>('attempts').insert(first)) return;
  const counted = await update<Attempts>(world, 'attempts', mark, (attempts) => ({
    document: isOver(attempts, now)
      ? { ...attempts, since: now, failures: 1 }
      : { ...attempts, failures: attempts.failures + 1 },
  }));
  if (counted.failures > MOST_FAILURES) throw slowed();
}

export async function forgive(world: World, mark: string): Promise<void> {
  await world.records.collection<Attempts>('attempts').remove({ _id: mark });
}

/** What is over tells of names and places that nobody needs any more. */
export async function forgetOldAttempts(world: World, now: Date): Promise<void> {
  const since = { before: new Date(now.getTime() - WINDOW_MS) };
  await world.records.collection<Attempts>('attempts').remove({ service: world.service, since });
}

function isOver(attempts: Attempts, now: Date): boolean {
  return now.getTime() - attempts.since.getTime() > WINDOW_MS;
}
