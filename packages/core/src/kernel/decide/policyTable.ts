import { narrowest } from '../policy/narrowest.ts';
import type { ConsentFlag, Policy, Prohibition, Purpose, Recipient, RetentionRule } from '../policy/policy.ts';
import { covers, definedWords } from '../policy/vocabulary.ts';

/** A policy arranged for questions: each lookup is worked out once and kept. */
export interface PolicyTable {
  readonly categories: ReadonlySet<string>;
  readonly purposes: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
  /** What is never done with the category for the purpose, nor by a recipient of this kind. */
  prohibitionsOn(purpose: string, category: string, kind: string | undefined): readonly Prohibition[];
  /** The narrowest listed purpose that includes this one. */
  purposeFor(purpose: string): Purpose | undefined;
  /** Whether the purpose reaches the category. */
  reaches(purpose: Purpose, category: string): boolean;
  isCollected(category: string): boolean;
  /** Flags that must be in force; where several gate the purpose, the narrowest word decides. */
  gatesOf(purpose: string, category: string): readonly ConsentFlag[];
  recipient(name: string): Recipient | undefined;
  /** Rules that limit what the category may be used for. */
  limitsOn(category: string): readonly RetentionRule[];
  /** The prohibition that closes a list. */
  closes(list: Prohibition['unlisted'][number]): Prohibition | undefined;
}

const tables = new WeakMap<Policy, PolicyTable>();

export function tableOf(policy: Policy): PolicyTable {
  const known = tables.get(policy);
  if (known !== undefined) return known;
  const table = arrange(policy);
  tables.set(policy, table);
  return table;
}

/** Either includes the other: a question about the whole touches each part. */
export function touches(a: string, b: string): boolean {
  return covers(a, b) || covers(b, a);
}

function arrange(policy: Policy): PolicyTable {
  const words = definedWords(policy.vocabulary);
  const onKind = remembered((kind) =>
    rememberedPair((purpose, category) => policy.never.filter((one) => prohibits(one, purpose, category, kind))),
  );
  const recipients = new Map(policy.recipients.map((recipient) => [recipient.name, recipient]));
  return {
    categories: new Set(words.categories),
    purposes: new Set(words.purposes),
    flags: new Set(policy.consents.map(({ flag }) => flag)),
    prohibitionsOn: (purpose, category, kind) => onKind(kind ?? '')(purpose, category),
    purposeFor: remembered((purpose) => narrowest(policy.purposes.filter((one) => covers(one.name, purpose)))),
    reaches: (purpose, category) => purpose.categories.some((word) => covers(word, category)),
    isCollected: remembered((category) => policy.categories.some((one) => touches(one.name, category))),
    gatesOf: rememberedPair((purpose, category) => gates(policy, purpose, category)),
    recipient: (name) => recipients.get(name),
    limitsOn: remembered((category) =>
      policy.retention.filter(
        (rule) => rule.onlyFor !== undefined && rule.covers.some((word) => touches(word, category)),
      ),
    ),
    closes: remembered((list) => policy.never.find((one) => one.unlisted.some((name) => name === list))),
  };
}

function prohibits(never: Prohibition, purpose: string, category: string, kind: string): boolean {
  const isAmong = (kinds: readonly string[]): boolean => kinds.some((word) => covers(word, kind));
  return (
    never.purposes.some((word) => covers(word, purpose)) ||
    (never.categories.some((word) => covers(word, category)) && (never.to === undefined || isAmong(never.to))) ||
    isAmong(never.recipientKinds)
  );
}

function gates(policy: Policy, purpose: string, category: string): ConsentFlag[] {
  const touching = policy.consents.flatMap((consent) => {
    if (!consent.gates.categories.some((word) => touches(word, category))) return [];
    const names = consent.gates.purposes.filter((word) => covers(word, purpose)).map((word) => word.length);
    return names.length === 0 ? [] : [{ consent, length: Math.max(...names) }];
  });
  const longest = Math.max(...touching.map((one) => one.length));
  return touching.filter((one) => one.length === longest).map((one) => one.consent);
}

function remembered<T>(work: (key: string) => T): (key: string) => T {
  const answers = new Map<string, T>();
  return (key) => {
    if (!answers.has(key)) answers.set(key, work(key));
    return answers.get(key) as T;
  };
}

function rememberedPair<T>(work: (a: string, b: string) => T): (a: string, b: string) => T {
  const rows = remembered((a) => remembered((b) => work(a, b)));
  return (a, b) => rows(a)(b);
}
