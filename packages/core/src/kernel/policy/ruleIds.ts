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
  notice: 'notice.changes',
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

  for (const section of named) {
    const written = data[section];
    for (const [name, value] of isMapping(written) ? Object.entries(written) : [])
      add(`${section}.${name}`, [section, name], value);
  }
  const retention = Array.isArray(data.retention) ? data.retention : [];
  for (const [index, value] of retention.entries())
    add(`retention.${isMapping(value) ? value.id : index}`, ['retention', index], value);
  for (const [section, id] of Object.entries(single)) if (isMapping(data[section])) add(id, [section], data[section]);
  if (isMapping(data.notice) && isMapping(data.notice.thirdParties)) {
    add('notice.third-parties', ['notice', 'thirdParties'], data.notice.thirdParties);
  }
  if (isMapping(data.notice) && isMapping(data.notice.acceptance)) {
    add('notice.acceptance', ['notice', 'acceptance'], data.notice.acceptance);
  }
  return rules;
}

/** Names in a section as they are written, those of rules with other mistakes too. */
export function writtenNames({ source }: Spot, section: string): string[] {
  const written = isMapping(source.data) ? source.data[section] : undefined;
  return isMapping(written) ? Object.keys(written) : [];
}

/** Ids of all rules of a compiled policy, sorted. */
export function ruleIds(policy: Policy): string[] {
  const of = (section: string, names: readonly string[]): string[] => names.map((name) => `${section}.${name}`);
  const names = (rules: readonly { readonly name: string }[]): string[] => rules.map((rule) => rule.name);
  return [
    ...of('categories', names(policy.categories)),
    ...of('purposes', names(policy.purposes)),
    ...of('recipients', names(policy.recipients)),
    ...of(
      'consents',
      policy.consents.map((consent) => consent.flag),
    ),
    ...of(
      'retention',
      policy.retention.map((rule) => rule.id),
    ),
    ...of(
      'rights',
      policy.rights.map((rule) => rule.right),
    ),
    ...of(
      'cookies',
      policy.cookies.map((cookie) => cookie.kind),
    ),
    ...of('never', names(policy.never)),
    ...of('security', names(policy.security)),
    ...Object.values(single),
    ...(policy.notice.thirdParties === undefined ? [] : ['notice.third-parties']),
    ...(policy.notice.acceptance === undefined ? [] : ['notice.acceptance']),
  ].sort();
}
