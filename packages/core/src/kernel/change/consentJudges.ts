import type { ConsentFlag, CookieRule, Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { clauseJudge } from './dataJudges.ts';
import { type Judge, type Judges, weighed, wording, wordList } from './judge.ts';
import { categoryName, purposeName } from './labels.ts';
import { balance, type Direction, type Said, together } from './policyChange.ts';
import { gatedRecipients } from './recipientJudges.ts';

const gates: Judge<ConsentFlag, ConsentFlag['gates']> = (before, after, between) => [
  ...wordList<ConsentFlag>({
    more: 'tightens',
    fewer: 'loosens',
    gained: 'asked from now on for',
    lost: 'no longer asked for',
    label: purposeName,
  })(before.purposes, after.purposes, between),
  ...wordList<ConsentFlag>({
    more: 'tightens',
    fewer: 'loosens',
    gained: 'asked from now on before using',
    lost: 'no longer asked before using',
    label: categoryName,
  })(before.categories, after.categories, between),
  ...(before.recipients === after.recipients ? [] : gatedRecipients(before.recipients, after.recipients, between)),
];

export const consentJudges: Judges<ConsentFlag> = {
  flag: wording('the flag'),
  label: wording('the name'),
  asks: weighed(
    (_, after) => (after === 'opt-out' ? 'loosens' : 'tightens'),
    (after) => (after === 'opt-out' ? 'goes on until somebody says no' : 'waits until somebody says yes'),
  ),
  givenIn: wordList({
    more: 'loosens',
    fewer: 'tightens',
    gained: 'silence counts as a yes from now on under',
    lost: 'silence no longer counts as a yes under',
  }),
  gates,
  clause: clauseJudge(),
};

export function consentCame(flag: ConsentFlag, before: Policy): Said {
  const { left, instead } = overlap(flag, before);
  const direction = together([left ? 'tightens' : 'neither', ...instead.map((other) => silences(other, flag))]);
  return { text: `Asked for from now on: ${flag.label}`, direction, material: true };
}

export function consentWent(flag: ConsentFlag, after: Policy): Said {
  const { left, instead } = overlap(flag, after);
  const direction = together([left ? 'loosens' : 'neither', ...instead.map((other) => silences(flag, other))]);
  return { text: `No longer asked for: ${flag.label}`, direction, material: true };
}

/** The narrowest consent decides: where wider ones gate the same, one takes the place of the other. */
function overlap({ flag, gates }: ConsentFlag, policy: Policy): { left: boolean; instead: readonly ConsentFlag[] } {
  const others = policy.consents.filter(
    (other) =>
      other.flag !== flag &&
      other.gates.recipients === undefined &&
      gates.categories.every((word) => other.gates.categories.some((wide) => covers(wide, word))),
  );
  const gating = (purpose: string): ConsentFlag[] =>
    others.filter((other) => other.gates.purposes.some((wide) => covers(wide, purpose)));
  return {
    left: gates.recipients !== undefined || gates.purposes.some((purpose) => gating(purpose).length === 0),
    instead: gates.recipients === undefined ? [...new Set(gates.purposes.flatMap(gating))] : [],
  };
}

/** A no to the one flag is none to the other: where that one's silence is a yes, it would be lost. */
function silences(before: ConsentFlag, after: ConsentFlag): Direction {
  const beyond = (one: ConsentFlag, other: ConsentFlag): boolean =>
    one.givenIn.some((regime) => !other.givenIn.includes(regime)) ||
    (one.asks === 'opt-out' && other.asks === 'opt-in');
  return balance(after.givenIn.length > 0 || beyond(after, before), beyond(before, after));
}

export const cookieJudges: Judges<CookieRule> = {
  kind: wording('the kind'),
  needsConsent: weighed(
    (_, after) => (after ? 'tightens' : 'loosens'),
    (after) => (after ? 'set only after a yes' : 'set without being asked for'),
  ),
  consent: weighed(
    (before, after) => (before !== undefined && after !== undefined ? 'neither' : balance(after === undefined, true)),
    (after, before) => `waits for ${after ?? 'no consent'} instead of ${before ?? 'none'}`,
  ),
  technologies: wordList({
    more: 'loosens',
    fewer: 'tightens',
    gained: 'used from now on:',
    lost: 'no longer used:',
    label: (word) => word.replace('-', ' '),
  }),
  clause: clauseJudge(),
};

export function cookieCame({ kind, needsConsent }: CookieRule): Said {
  const text = `New cookies: ${kind} (${needsConsent ? 'only after a yes' : 'without being asked for'})`;
  return { text, direction: 'loosens', material: true };
}
