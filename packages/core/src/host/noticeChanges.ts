import type { Kept } from '../engine/kept.ts';
import { dayOf } from '../engine/outbox/letterFrame.ts';
import type { World } from '../engine/world.ts';
import { inputInvalid } from './inputInvalid.ts';

/** What the page shows of versions that a person has not accepted. */
export interface NoticeChanges {
  /** The newest of them: accepting it accepts those before it. */
  readonly version: number;
  readonly since: string;
  readonly changes: readonly string[];
}

/** Undefined where nothing changed that a person would decide by. */
export async function noticeChanges(kept: Kept, world: World, subject: string): Promise<NoticeChanges | undefined> {
  const open = await kept.policies.unaccepted(subject);
  const newest = open.at(-1);
  if (newest === undefined) return undefined;
  return {
    version: newest.version,
    since: dayOf(world, newest.since),
    changes: open.flatMap(({ changes }) => changes),
  };
}

/** Accepts the version that was shown, which need not be the newest by now. Throws INPUT_INVALID, POLICY_INVALID. */
export async function acceptNotice(kept: Kept, subject: string, body: unknown): Promise<number> {
  const { version } = (body ?? {}) as { version?: unknown };
  const shown = Number(version);
  if (!Number.isSafeInteger(shown) || shown < 1) {
    throw inputInvalid('version', 'Name the version of the notice that you accept.');
  }
  await kept.policies.accept(subject, 'privacy page', shown);
  return shown;
}
