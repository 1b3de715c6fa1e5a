import type { Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';

/** What nobody does who heeds a general opt-out. */
const REFUSED = ['marketing', 'communication.announcement', 'sale'];

/** What a general opt-out signal takes back under a policy. */
export interface Signalled {
  /** Flags that kinds of cookies wait for, and those that open marketing or a sale. */
  readonly flags: readonly string[];
  /** Purposes of marketing, announcements and sale that can be objected to. */
  readonly purposes: readonly string[];
}

/**
 * What `Sec-GPC: 1` says no to. The signal asks that data is neither sold nor shared (W3C Global Privacy Control); it counts as the opt-out of the browser and of whoever is known to use it (11 CCR
 * 7025(c)(1)). It goes further here than it must: all that waits for a consent to cookies is held back.
 */
export function signalled(policy: Policy): Signalled {
  const isRefused = (purpose: string): boolean => REFUSED.some((word) => covers(word, purpose));
  const cookies = new Set(policy.cookies.map(({ consent }) => consent));
  return {
    flags: policy.consents
      .filter(({ flag, gates }) => cookies.has(flag) || gates.purposes.some(isRefused))
      .map(({ flag }) => flag),
    purposes: policy.purposes.filter(({ name, objectable }) => objectable && isRefused(name)).map(({ name }) => name),
  };
}
