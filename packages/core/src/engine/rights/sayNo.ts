import { notBeforeLastWord } from '../../kernel/consent/notBeforeLastWord.ts';
import type { Signalled } from '../../kernel/consent/signalled.ts';
import { objectionTo } from '../../kernel/objection/objectionTo.ts';
import { consents } from '../subjects/consents.ts';
import { objections } from '../subjects/objections.ts';
import type { World } from '../world.ts';
import type { Beat } from './executor.ts';

/** What somebody says no to: flags of the policy and purposes. */
export type Recorded = Signalled;

/** Stands with a word as its source; a request can be looked up by it. */
export function sourceOf({ _id }: { readonly _id: string }): string {
  return `rights request ${_id}`;
}

/** Takes down what somebody says no to, from the next decision on. A no that stands is not said twice: safe to repeat. */
export async function sayNo(
  world: World,
  subject: string,
  { flags, purposes }: Recorded,
  source: string,
  beat: Beat = async () => {},
): Promise<void> {
  for (const flag of flags) {
    await beat();
    const last = (await consents(world).history(subject)).findLast((word) => word.flag === flag);
    if (last?.what !== 'withdrawn') await consents(world).withdraw(subject, flag, source);
  }
  for (const purpose of purposes) {
    await beat();
    const history = await objections(world).history(subject);
    const now = notBeforeLastWord(history, world.clock.now());
    if (!objectionTo(purpose, history, now)) await objections(world).object(subject, purpose, source);
  }
}
