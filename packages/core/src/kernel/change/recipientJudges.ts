import { isThirdCountry } from '../decide/thirdCountry.ts';
import type { Policy, Recipient } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { clauseJudge } from './dataJudges.ts';
import {
  type Between,
  either,
  type Judge,
  type Judges,
  maybeList,
  periodSaid,
  weighed,
  wording,
  wordList,
} from './judge.ts';
import { categoryName, kindName, purposeName, safeguardName } from './labels.ts';
import { balance, type Said } from './policyChange.ts';

const agreement: Judge<Recipient, Recipient['agreement']> = (before, after, { name }) => {
  if (after === undefined)
    return [{ text: `${name}: there is no agreement any more`, direction: 'loosens', material: true }];
  if (before === undefined)
    return [{ text: `${name}: agreement ${after.reference} is on record`, direction: 'tightens', material: false }];
  const text = `${name}: agreement ${after.reference} until ${after.expires} instead of ${before.reference} until ${before.expires}`;
  return [{ text, direction: 'neither', material: false }];
};

const keeps: Judge<Recipient, Recipient['keeps']> = (before, after, { name }) =>
  periodSaid(name, before, after, {
    longer: 'loosens',
    what: 'keeps what it receives for',
    none: 'may keep what it receives without a limit',
  });

export const recipientJudges: Judges<Recipient> = {
  name: wording('the short name'),
  label: wording('the name'),
  kind: weighed(kindDirection, (after, before) => `is of the kind ${after} instead of ${before}`),
  country: weighed(
    (before, after, { a, b }) => balance(![a, b].every((policy) => comesHome(before, after, policy)), true),
    (after, before) => `receives it in ${after} instead of ${before}`,
  ),
  safeguard: (before, after, { name, b }) => {
    const text =
      after === undefined
        ? 'no safeguard is recorded any more'
        : `the safeguard is ${safeguardName(after, b)}${before === undefined ? '' : ` instead of ${safeguardName(before, b)}`}`;
    const direction = balance(after === undefined, before === undefined);
    return [{ text: `${name}: ${text}`, direction, material: true }];
  },
  agreement,
  categories: wordList({
    more: 'loosens',
    fewer: 'tightens',
    gained: 'receives from now on',
    lost: 'no longer receives',
    label: categoryName,
  }),
  purposes: wordList({
    more: 'loosens',
    fewer: 'tightens',
    gained: 'receives data from now on for',
    lost: 'no longer receives data for',
    label: purposeName,
  }),
  terms: wording('the link to its terms'),
  needs: wordList({
    more: 'tightens',
    fewer: 'loosens',
    gained: 'receives data only where there is a',
    lost: 'receives data even where there is no',
    label: (word) => word.replace('-', ' '),
  }),
  keeps,
  trainsOnData: either(true, 'may train on what it receives', 'may not train on what it receives'),
  limitedBy: wording('the clause that limits it'),
  needsAgreement: either(false, 'needs an agreement', 'needs no agreement any more', false),
  clause: clauseJudge(),
};

/** Into the area of the controller, where protection is one; any other move goes to where nobody was told of. */
function comesHome(before: string, after: string, { controller }: Policy): boolean {
  return isThirdCountry(before, controller.country) && !isThirdCountry(after, controller.country);
}

/** What is denied to a kind is denied to its recipients: another kind may slip out of it. */
function kindDirection(
  before: string,
  after: string,
  { a, b }: Between<Recipient>,
): 'loosens' | 'tightens' | 'neither' {
  const denials = (policy: Policy, kind: string): string[] =>
    policy.never
      .filter((one) => [...one.recipientKinds, ...(one.to ?? [])].some((word) => covers(word, kind)))
      .map((one) => one.name);
  const [then, now] = [denials(a, before), denials(b, after)];
  return balance(
    then.some((one) => !now.includes(one)),
    now.some((one) => !then.includes(one)),
  );
}

export function recipientCame({ label, kind, country }: Recipient, policy: Policy): Said {
  const text = `New recipient: ${label} (${kindName(kind, policy)}, ${country})`;
  return { text, direction: 'loosens', material: true };
}

/** Lists of recipients that a consent is limited to. */
export const gatedRecipients: Judge<unknown, readonly string[] | undefined> = maybeList(
  {
    more: 'tightens',
    fewer: 'loosens',
    gained: 'also asked before data goes to',
    lost: 'no longer asked before data goes to',
  },
  {
    came: { text: 'asked for some recipients only', direction: 'loosens', material: true },
    went: { text: 'asked whoever the recipient is', direction: 'tightens', material: true },
  },
);
