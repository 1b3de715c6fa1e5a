import type { ConsentEvent } from '../decision.ts';
import type { Said } from '../objection/objectionTo.ts';
import type { Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';

/**
 * Which choices of a browser an account takes over that signs in with it. A no counts where it is the newest word; a yes only
 * where the account has said nothing, neither of the consent nor against what it opens, since others may have used the
 * browser, and none where the browser sends a signal: the account is asked by itself then.
 */
export function takenOver<Choice extends ConsentEvent>(
  policy: Policy,
  said: Said,
  choices: readonly Choice[],
  isSignalled: boolean,
): Choice[] {
  return choices.filter(({ flag, what, at }) => {
    const consent = policy.consents.find((one) => one.flag === flag);
    if (consent === undefined) return false;
    const last = newestWord(said, flag, consent.gates.purposes);
    if (what === 'given') return last === undefined && !isSignalled;
    return last === undefined || (last.what === 'given' && last.at <= at);
  });
}

/** An objection to what a consent opens is a no to the consent. */
function newestWord(
  { consents, objections }: Said,
  flag: string,
  purposes: readonly string[],
): Pick<ConsentEvent, 'what' | 'at'> | undefined {
  const objected = objections
    .filter(({ purpose, what }) => what !== 'withdrawn' && purposes.some((each) => covers(purpose, each)))
    .map(({ at }) => ({ what: 'withdrawn' as const, at }));
  const words = [...consents.filter((one) => one.flag === flag), ...objected];
  return words.reduce<Pick<ConsentEvent, 'what' | 'at'> | undefined>(
    (last, word) => (last && last.at > word.at ? last : word),
    undefined,
  );
}
