import type { Controller, Policy, Purpose, Recipient, RetentionRule } from '../policy/policy.ts';
import { rulesOf } from '../policy/ruleIds.ts';
import { covers } from '../policy/vocabulary.ts';

/** A record of processing activities (Art 30(1) GDPR), made of the rules that the engine works by. */
export interface Ropa {
  readonly pack: string;
  readonly version: number;
  readonly controller: Controller;
  /** In the order of the policy's purposes. */
  readonly activities: readonly Activity[];
  /** Technical and organisational measures (Art 32 GDPR). */
  readonly measures: readonly { readonly label: string; readonly rule: string; readonly clauses: readonly string[] }[];
  /** What people are told beside all that, such as how changes are made known. */
  readonly told: readonly { readonly rule: string; readonly clauses: readonly string[] }[];
}

/** What is done for one purpose. */
export interface Activity {
  readonly rule: string;
  readonly purpose: Purpose;
  /** Categories of data that are collected and that the purpose reaches. */
  readonly categories: readonly string[];
  /** Who receives data for it. */
  readonly recipients: readonly Recipient[];
  /** The rules that end the data, each with the categories that it ends here. */
  readonly erasure: readonly { readonly rule: RetentionRule; readonly categories: readonly string[] }[];
  /** Clauses that the purpose keeps, and its data, recipients and periods. */
  readonly clauses: readonly string[];
}

/** The record of processing activities that the policy's own rules amount to; it can name no period and no recipient beside them. */
export function composeRopa(policy: Policy): Ropa {
  const clausesOf = (...rules: readonly string[]): string[] =>
    policy.clauses.filter(({ keptBy }) => keptBy.some((rule) => rules.includes(rule))).map(({ id }) => id);
  return {
    pack: policy.pack,
    version: policy.version,
    controller: policy.controller,
    activities: policy.purposes.map((purpose) => {
      const rule = `purposes.${purpose.name}`;
      const categories = reached(policy, purpose);
      const recipients = policy.recipients.filter((recipient) => receivesFor(recipient, purpose, categories));
      const erasure = endOf(policy, categories);
      const clauses = clausesOf(
        rule,
        ...categories.map((name) => `categories.${name}`),
        ...recipients.map(({ name }) => `recipients.${name}`),
        ...erasure.map((end) => `retention.${end.rule.id}`),
      );
      return { rule, purpose, categories, recipients, erasure, clauses };
    }),
    measures: policy.security.map(({ name, label }) => {
      const rule = `security.${name}`;
      return { label, rule, clauses: clausesOf(rule) };
    }),
    told: rulesOf(policy)
      .map(({ id }) => id)
      .filter((rule) => rule.startsWith('notice.'))
      .map((rule) => ({ rule, clauses: clausesOf(rule) })),
  };
}

function reached(policy: Policy, purpose: Purpose): string[] {
  return policy.categories
    .map(({ name }) => name)
    .filter((name) => purpose.categories.some((word) => covers(word, name)));
}

function receivesFor(recipient: Recipient, purpose: Purpose, categories: readonly string[]): boolean {
  return (
    recipient.purposes.some((word) => covers(word, purpose.name)) &&
    recipient.categories.some((word) => categories.some((name) => covers(word, name)))
  );
}

function endOf(policy: Policy, categories: readonly string[]): Activity['erasure'] {
  return policy.retention
    .map((rule) => ({ rule, categories: categories.filter((name) => rule.covers.some((word) => covers(word, name))) }))
    .filter((end) => end.categories.length > 0);
}
