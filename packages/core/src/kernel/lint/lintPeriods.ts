import type { Origin, Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import type { LintFinding } from './lintFinding.ts';

/** Periods that nobody promised, and data that no period ends. */
export function lintPeriods(policy: Policy): LintFinding[] {
  return [...chosen(policy), ...endless(policy)];
}

interface Period {
  readonly where: string;
  readonly clause: string;
  readonly from: Origin;
  readonly text: string;
}

function chosen(policy: Policy): LintFinding[] {
  const periods: Period[] = [
    ...policy.retention.map(({ id, clause, keep }) => ({
      where: `retention.${id}`,
      clause,
      from: keep.from,
      text: `${keep.atMost ?? keep.atLeast ?? ''}${keep.fromEndOf === 'year' ? ' from the end of the year' : ''}`,
    })),
    ...policy.retention.flatMap(({ id, clause, grace }) =>
      grace === undefined ? [] : [{ where: `retention.${id}.grace`, clause, from: grace.from, text: grace.keep }],
    ),
    ...policy.recipients.flatMap(({ name, clause, keeps }) =>
      keeps === undefined ? [] : [{ where: `recipients.${name}.keeps`, clause, from: keeps.from, text: keeps.period }],
    ),
    ...policy.security.flatMap(({ name, clause, every }) =>
      every === undefined
        ? []
        : [{ where: `security.${name}`, clause, from: every.from, text: `every ${every.period}` }],
    ),
  ];
  return periods
    .filter((period) => period.from === 'operator')
    .map(({ where, clause, text }) => ({
      code: 'PERIOD_CHOSEN_BY_OPERATOR',
      severity: 'info',
      clause,
      where,
      message: `the notice gives no number; the operator chose ${text}`,
      remedy: 'publish the number, and say from: notice',
    }));
}

function endless(policy: Policy): LintFinding[] {
  return policy.categories
    .filter((category) => category.held === 'host' || category.held === 'kept')
    .filter((category) => !policy.retention.some((rule) => rule.covers.some((word) => covers(word, category.name))))
    .map((category) => ({
      code: 'CATEGORY_WITHOUT_PERIOD',
      severity: 'error',
      clause: category.clause,
      where: `categories.${category.name}`,
      message: `no retention rule ever ends ${category.name}`,
      remedy: 'add it to the covers of a rule, or write a rule for it',
    }));
}
