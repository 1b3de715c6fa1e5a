import type { Category, Policy, Purpose } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { type Between, either, type Judge, type Judges, weighed, wording, wordList } from './judge.ts';
import { categoryName } from './labels.ts';
import { balance, type Said } from './policyChange.ts';

/** A rule keeps another clause: a trace, nothing that a person would decide by. */
export function clauseJudge<R>(): Judge<R, string> {
  return wording('the clause');
}

export const categoryJudges: Judges<Category> = {
  name: wording('the word'),
  label: wording('the name'),
  source: wording('the source'),
  required: either(true, 'has to be given from now on', 'need not be given any more'),
  held: weighed(
    () => 'neither',
    (after, before) => `is kept by ${keepers[after]} instead of ${keepers[before]}`,
  ),
  clause: clauseJudge(),
};

const keepers: Readonly<Record<Category['held'], string>> = {
  host: 'the service',
  kept: 'the privacy desk',
  device: 'the device',
  recipient: 'a recipient',
};

export function categoryCame({ label }: Category): Said {
  return { text: `Newly collected: ${label}`, direction: 'loosens', material: true };
}

/** What a wider word still names is still collected. */
export function categoryWent({ name, label }: Category, after: Policy): Said {
  const wider = after.categories.find((one) => covers(one.name, name));
  return wider === undefined
    ? { text: `No longer collected: ${label}`, direction: 'tightens', material: true }
    : { text: `${label}: no longer named by itself, but within ${wider.label}`, direction: 'neither', material: false };
}

export const purposeJudges: Judges<Purpose> = {
  name: wording('the word'),
  label: wording('the name'),
  basis: weighed(
    (before, after) => balance(before === 'consent', after === 'consent'),
    (after, before) => `the legal basis is ${basisWords(after)} instead of ${basisWords(before)}`,
  ),
  categories: wordList({
    more: 'loosens',
    fewer: 'tightens',
    gained: 'reaches from now on',
    lost: 'no longer reaches',
    label: categoryName,
    countsBesideWider: isLimited,
  }),
  objectable: either(false, 'can be objected to', 'can no longer be objected to'),
  allowedUnderRestriction: either(
    true,
    'goes on even while processing is restricted',
    'stops while processing is restricted',
  ),
  aggregate: (before, after, { name }) => {
    if (before === undefined || after === undefined) {
      const text = after
        ? `looks at groups of ${after.minimumGroup} or more only`
        : 'looks at single people, and no longer at groups only';
      return [{ text: `${name}: ${text}`, direction: after ? 'tightens' : 'loosens', material: true }];
    }
    if (before.minimumGroup === after.minimumGroup) return [];
    const direction = balance(after.minimumGroup < before.minimumGroup, true);
    const text = `${name}: looks at groups of ${after.minimumGroup} or more instead of ${before.minimumGroup}`;
    return [{ text, direction, material: true }];
  },
  clause: clauseJudge(),
};

/** A limit of use gives way to a purpose that names the category itself, so that naming it counts beside a wider word. */
function isLimited(word: string, { a, b }: Between<unknown>): boolean {
  return [a, b].some((policy) =>
    policy.retention.some((rule) => rule.onlyFor !== undefined && rule.covers.some((wide) => covers(wide, word))),
  );
}

export function purposeCame({ label, basis }: Purpose): Said {
  return { text: `New purpose: ${label} (legal basis: ${basisWords(basis)})`, direction: 'loosens', material: true };
}

function basisWords(basis: Purpose['basis']): string {
  return basis.replace('-', ' ');
}
