import { KeptError } from '../../kernel/keptError.ts';
import { fresh, update } from '../aggregate.ts';
import type { Stored } from '../stored.ts';
import type { World } from '../world.ts';

const WINDOW_MS = 15 * 60_000;

/** A hash of the name tried or of the place it came from, and how many failures are let pass under it. */
export interface Mark {
  readonly id: string;
  readonly most: number;
  /** What is said of too many; absent: of sign-ins. */
  readonly refusal?: { readonly code: string; readonly place: string };
}

/** Failed sign-ins under one mark. */
interface Attempts extends Stored {
  readonly since: Date;
  readonly failures: number;
}

/** Throws SIGN_IN_SLOWED after too many failures, until a quarter of an hour has gone by. */
export async function demandCalm(world: World, mark: Mark, now: Date): Promise<void> {
  const attempts = await world.records.collection<Attempts>('attempts').get(mark.id);
  if (!attempts || attempts.failures < mark.most || isOver(attempts, now)) return;
  throw slowed(mark);
}

function slowed({ refusal = { code: 'SIGN_IN_SLOWED', place: 'sign-in' } }: Mark): KeptError {
  return new KeptError(refusal.code, 'Too many attempts', {
    place: refusal.place,
    remedy: 'Wait a quarter of an hour, then try again.',
  });
}

/** Counted before the password is looked at, so that many tries at once do not slip past; a good one is forgiven. */
export async function countAttempt(world: World, mark: Mark, now: Date): Promise<void> {
  const first: Attempts = { ...fresh(world, mark.id), since: now, failures: 1 };
  if (await world.records.collection<Attempts>('attempts').insert(first)) return;
  const counted = await update<Attempts>(world, 'attempts', mark.id, (attempts) => ({
    document: isOver(attempts, now)
      ? { ...attempts, since: now, failures: 1 }
      : { ...attempts, failures: attempts.failures + 1 },
  }));
  if (counted.failures > mark.most) throw slowed(mark);
}

export async function forgive(world: World, mark: Mark): Promise<void> {
  await world.records.collection<Attempts>('attempts').remove({ _id: mark.id });
}

/** What is over tells of names and places that nobody needs any more. */
export async function forgetOldAttempts(world: World, now: Date): Promise<void> {
  const since = { before: new Date(now.getTime() - WINDOW_MS) };
  await world.records.collection<Attempts>('attempts').remove({ service: world.service, since });
}

function isOver(attempts: Attempts, now: Date): boolean {
  return now.getTime() - attempts.since.getTime() > WINDOW_MS;
}
