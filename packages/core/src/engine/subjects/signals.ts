import { signalled } from '../../kernel/consent/signalled.ts';
import type { Signals } from '../keptChoices.ts';
import type { World } from '../world.ts';
import { consents } from './consents.ts';
import { objections } from './objections.ts';

/** Stands as the source of what the signal took back. */
const SIGNAL = 'Sec-GPC';

/**
 * The signal is a word of its first sight, and not of every request. A yes that is said on this site afterwards is the newer
 * and more specific word, and stands (11 CCR 7025(c)(3)); that the signal is no longer sent is no yes (7025(c)(5)). A flag that
 * was withdrawn before is taken back once more, so that a later yes finds the signal heeded already.
 */
export function signals(world: World): Signals {
  return {
    async heed(subject) {
      const [given, objected] = await Promise.all([
        consents(world).history(subject),
        objections(world).history(subject),
      ]);
      const { flags, purposes } = signalled(world.policy);
      const newFlags = flags.filter((flag) => !given.some((one) => one.flag === flag && one.source === SIGNAL));
      const newPurposes = purposes.filter(
        (purpose) => !objected.some((one) => one.purpose === purpose && one.source === SIGNAL),
      );

      for (const flag of newFlags) await consents(world).withdraw(subject, flag, SIGNAL);
      for (const purpose of newPurposes) await objections(world).object(subject, purpose, SIGNAL);
      return { flags: newFlags, purposes: newPurposes };
    },
  };
}
