import { decide } from '../decide/decide.ts';
import type { Decision, Facts, Question } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';

/** A question that two versions answer differently about the same person. */
export interface Flip {
  readonly purpose: string;
  readonly category: string;
  /** Absent: for our own use. */
  readonly recipient?: string;
  readonly before: Decision['outcome'];
  readonly after: Decision['outcome'];
  /** The rule that speaks under the newer version. */
  readonly rule: string;
}

/** Whom a policy is asked about where nothing is known of anybody: no choice made, nothing held. */
export const neutral: Facts = { consents: [], objections: [], restricted: false, held: false };

/** Every question that the words of either version allow: each purpose, each category, our own use and each recipient. */
export function questionGrid(a: Policy, b: Policy): Question[] {
  const both = (names: (policy: Policy) => string[]): string[] => [...new Set([...names(a), ...names(b)])].sort();
  const purposes = both((policy) => policy.purposes.map(({ name }) => name));
  const categories = both((policy) => policy.categories.map(({ name }) => name));
  const recipients = both((policy) => policy.recipients.map(({ name }) => name));
  // Recipients may want a reference or a generation: what is asked is whether the rules let them have the data at all.
  const rest = { generation: 'any', reference: 'any' };
  return purposes.flatMap((purpose) =>
    categories.flatMap((category) => [
      { purpose, category },
      ...recipients.map((recipient) => ({ purpose, category, recipient, ...rest })),
    ]),
  );
}

/** The questions that the newer version answers differently about somebody, in the order of the grid. */
export function flippedDecisions(a: Policy, b: Policy, grid: readonly Question[], facts: Facts, now: Date): Flip[] {
  const words = { vocabulary: joined(a, b) };
  const [older, newer] = [
    { ...a, ...words },
    { ...b, ...words },
  ];
  return grid.flatMap(({ purpose, category, recipient, ...rest }): Flip[] => {
    const question = { purpose, category, ...(recipient !== undefined && { recipient }), ...rest };
    const [before, after] = [decide(older, facts, question, now), decide(newer, facts, question, now)];
    if (before.outcome === after.outcome) return [];
    const rule = after.because[0]?.rule ?? '';
    return [
      {
        ...{ purpose, category, ...(recipient !== undefined && { recipient }) },
        ...{ before: before.outcome, after: after.outcome, rule },
      },
    ];
  });
}

/** A word that only one version knows is one that the other does not list, and no wrong question. */
function joined({ vocabulary: a }: Policy, { vocabulary: b }: Policy): Policy['vocabulary'] {
  const union = <T extends { readonly name: string }>(words: readonly T[], more: readonly T[]): T[] => [
    ...new Map([...words, ...more].map((word) => [word.name, word])).values(),
  ];
  return {
    categories: union(a.categories, b.categories),
    purposes: union(a.purposes, b.purposes),
    recipientKinds: union(a.recipientKinds, b.recipientKinds),
    safeguards: union(a.safeguards, b.safeguards),
    rights: union(a.rights, b.rights),
  };
}
