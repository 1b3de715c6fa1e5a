import { isKeptError } from '../../kernel/keptError.ts';
import { fresh, save } from '../aggregate.ts';
import type { Stored } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * Tells every process that what is known of a person has changed. A change leaves its mark before it writes and puts a new
 * token after it: what was read under another token, or under other marks, is read again. A process that dies in between
 * leaves its mark behind, and nobody goes on with what they read before.
 */
export interface Stamp extends Stored {
  readonly token: string;
  readonly marks: readonly { readonly id: string; readonly until: Date }[];
}

/** How long a change may take before others stop waiting for its end and read what is there. */
const CHANGE_MS = 5 * 60_000;

const ATTEMPTS = 20;

/** Does a change of what is known of a person; without a subject, of what is known of everybody. */
export async function changing<T>(world: World, subject: string | undefined, change: () => Promise<T>): Promise<T> {
  const now = world.clock.now();
  const mark = { id: world.crypto.newId(), until: new Date(now.getTime() + CHANGE_MS) };
  await alter(world, subject, (stamp) => {
    const live = stamp.marks.filter(({ until }) => until > now);
    // A mark that is left behind counts until the token says the same.
    return { ...stamp, marks: [...live, mark], token: live.length < stamp.marks.length ? mark.id : stamp.token };
  });

  try {
    return await change();
  } finally {
    const token = world.crypto.newId();
    await alter(world, subject, ({ marks, ...stamp }) => ({
      ...stamp,
      token,
      marks: marks.filter(({ id }) => id !== mark.id),
    })).catch((error: unknown) =>
      world.log({ level: 'warn', event: 'facts.mark-left', code: isKeptError(error) ? error.code : 'UNKNOWN' }),
    );
  }
}

/** What stands for the state of what is known of a person, and whether somebody is just changing it. */
export async function stampOf(
  world: World,
  subject: string,
  now: Date,
): Promise<{ readonly state: string; readonly isChanging: boolean }> {
  const ids = [idOf(world, subject), idOf(world, undefined)];
  const stamps = await world.records.collection<Stamp>('stamps').find({ _id: { in: ids } });
  const marks = stamps.flatMap((stamp) => stamp.marks);
  const state = stamps.map(({ _id, token }) => `${_id} ${token}`).concat(marks.map(({ id }) => id));
  return { state: state.sort().join('\n'), isChanging: marks.some(({ until }) => until > now) };
}

/** Where nothing is known of a person any more; whoever read when nothing was known yet is right again. */
export async function forgetStamp(world: World, subject: string): Promise<void> {
  await world.records.collection<Stamp>('stamps').remove({ _id: idOf(world, subject) });
}

async function alter(world: World, subject: string | undefined, change: (stamp: Stamp) => Stamp): Promise<void> {
  const records = world.records.collection<Stamp>('stamps');
  const id = idOf(world, subject);
  for (let attempt = 1; ; attempt += 1) {
    const stamp = await records.get(id);
    try {
      if (stamp) await save(records, change(stamp));
      else if (!(await records.insert(change({ ...fresh(world, id), token: '', marks: [] })))) continue;
      return;
    } catch (error) {
      if (attempt >= ATTEMPTS || !isKeptError(error) || error.code !== 'RECORD_CONFLICT') throw error;
    }
  }
}

function idOf({ service, crypto }: World, subject: string | undefined): string {
  return subject === undefined
    ? `${service}:everybody`
    : `stamp-${crypto.sha256(`${service}\n${subject}`).slice(0, 24)}`;
}
