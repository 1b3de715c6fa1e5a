import type { Policy } from '../policy/policy.ts';
import type { Word, WordList } from '../policy/vocabulary.ts';
import type { PolicyChange } from './policyChange.ts';
import { same } from './same.ts';

/** Differences that lie outside the file: words of the vocabulary, and which law follows which residence. */
export function diffWords(a: Policy, b: Policy): PolicyChange[] {
  const lists = Object.keys({ ...a.vocabulary, ...b.vocabulary }).sort() as WordList[];
  return [
    ...lists.flatMap((list) =>
      entries('vocabulary', list, byName(a.vocabulary[list] ?? []), byName(b.vocabulary[list] ?? [])),
    ),
    ...entries('residence', 'residence', a.residence, b.residence),
  ];
}

function byName(words: readonly Word[]): Record<string, Word> {
  return Object.fromEntries(words.map((word) => [word.name, word]));
}

function entries(
  section: string,
  list: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): PolicyChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): PolicyChange[] => {
    const [then, now] = [before[name], after[name]];
    if (same(then, now)) return [];
    const change = then === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    return [
      {
        section,
        rule: section === list ? `${section}.${name}` : `${section}.${list}.${name}`,
        change,
        clause: '',
        text: `The word ${name} (${list}) is ${change}`,
        ...(then !== undefined && { before: then }),
        ...(now !== undefined && { after: now }),
        direction: 'neither',
        material: false,
      },
    ];
  });
}
