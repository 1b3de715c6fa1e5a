import type { Policy } from './policy.ts';
import { isMapping } from './shape.ts';
import type { Spot } from './spot.ts';

/** Sections whose rules have names: a rule's id is `section.name`. */
const named = ['categories', 'purposes', 'recipients', 'consents', 'rights', 'cookies', 'never', 'security'] as const;

/** Sections that are one rule each, and that rule's id. */
const single = {
  children: 'children.minimum-age',
  visibility: 'visibility.default',
  transfers: 'transfers.safeguards',
  contact: 'contact.inquiries',
  regimes: 'regimes.residence',
} as const;

/** Parts of the section `notice` that are rules of their own. */
const ofNotice = {
  thirdParties: 'notice.third-parties',
  acceptance: 'notice.acceptance',
  poweredBy: 'notice.powered-by',
} as const;

export interface RulePlace {
  readonly id: string;
  readonly path: readonly (string | number)[];
  readonly clause: unknown;
}

/** Every rule of a policy file as it is written, mistakes and all, with its place. */
export function writtenRules(data: unknown): RulePlace[] {
  if (!isMapping(data)) return [];
  const rules: RulePlace[] = [];
  const add = (id: string, path: readonly (string | number)[], value: unknown): void => {
    rules.push({ id, path, clause: isMapping(value) ? value.clause : undefined });
  };
  const entries = (value: unknown): [string, unknown][] => (isMapping(value) ? Object.entries(value) : []);

  for (const section of named)
    for (const [name, value] of entries(data[section])) add(`${section}.${name}`, [section, name], value);
  const retention = Array.isArray(data.retention) ? data.retention : [];
  for (const [index, value] of retention.entries())
    add(
      `retention.${isMapping(value) && typeof value.id === 'string' ? value.id : index}`,
      ['retention', index],
      value,
    );
  for (const [section, id] of Object.entries(single)) if (isMapping(data[section])) add(id, [section], data[section]);

  if (!isMapping(data.notice)) return rules;
  if (data.notice.clause !== undefined) add('notice.changes', ['notice'], data.notice);
  for (const [part, id] of Object.entries(ofNotice))
    if (isMapping(data.notice[part])) add(id, ['notice', part], data.notice[part]);
  for (const [name, value] of entries(data.notice.statements))
    add(`notice.${name}`, ['notice', 'statements', name], value);
  return rules;
}

/** Names in a section as they are written, those of rules with other mistakes too. */
export function writtenNames({ source }: Spot, section: string): string[] {
  const written = isMapping(source.data) ? source.data[section] : undefined;
  return isMapping(written) ? Object.keys(written) : [];
}

/** A rule of a compiled policy: its id, the clause that it keeps, and itself. */
export interface RuleRef {
  readonly id: string;
  readonly clause: string;
  readonly rule: object;
}

/** All rules of a compiled policy, in the order of the file's sections. */
export function rulesOf(policy: Policy): RuleRef[] {
  const ref = (id: string, rule: { readonly clause?: string } | undefined): RuleRef[] =>
    rule?.clause === undefined ? [] : [{ id, clause: rule.clause, rule }];
  const { notice } = policy;
  return [
    ...policy.categories.flatMap((rule) => ref(`categories.${rule.name}`, rule)),
    ...policy.purposes.flatMap((rule) => ref(`purposes.${rule.name}`, rule)),
    ...policy.recipients.flatMap((rule) => ref(`recipients.${rule.name}`, rule)),
    ...policy.consents.flatMap((rule) => ref(`consents.${rule.flag}`, rule)),
    ...policy.retention.flatMap((rule) => ref(`retention.${rule.id}`, rule)),
    ...policy.rights.flatMap((rule) => ref(`rights.${rule.right}`, rule)),
    ...policy.cookies.flatMap((rule) => ref(`cookies.${rule.kind}`, rule)),
    ...policy.never.flatMap((rule) => ref(`never.${rule.name}`, rule)),
    ...policy.security.flatMap((rule) => ref(`security.${rule.name}`, rule)),
    ...Object.entries(single).flatMap(([section, id]) => ref(id, policy[section as keyof typeof single])),
    ...ref('notice.changes', notice),
    ...Object.entries(ofNotice).flatMap(([part, id]) => ref(id, notice[part as keyof typeof ofNotice])),
    ...notice.statements.flatMap((rule) => ref(`notice.${rule.name}`, rule)),
  ];
}

/** Ids of all rules of a compiled policy, sorted. */
export function ruleIds(policy: Policy): string[] {
  return rulesOf(policy)
    .map(({ id }) => id)
    .sort();
}
