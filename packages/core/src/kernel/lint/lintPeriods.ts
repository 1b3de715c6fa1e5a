import { periodDays } from '../policy/periodDays.ts';
import type { Policy, RetentionRule } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { finding, type LintFinding } from './lintFinding.ts';

const publish = 'publish the number, and say from: notice';

/** Periods that nobody promised, data that no period ends, and what outlives a promised ceiling. */
export function lintPeriods(policy: Policy): LintFinding[] {
  return [
    ...unstated(policy),
    ...policy.retention.flatMap((rule) => chosenFor(rule, policy)),
    ...chosen(policy),
    ...endless(policy),
    ...aboveCeiling(policy),
  ];
}

function isAboutRetention({ clauses }: Policy, id: string): boolean {
  return clauses.some((clause) => clause.id === id && clause.kind === 'retention');
}

function unstated(policy: Policy): LintFinding[] {
  const [first] = policy.retention;
  if (first === undefined || policy.clauses.some(({ kind }) => kind === 'retention')) return [];
  const message = 'the notice says nothing of how long anything is kept; the periods are those of operator and statute';
  return [finding('NO_RETENTION_STATED', { where: 'retention', clause: first.clause }, message, publish)];
}

/** The operator's number in a retention rule: for a period that the notice leaves vague, or does not speak of. */
function chosenFor(rule: RetentionRule, policy: Policy): LintFinding[] {
  if (rule.keep.from !== 'operator') return [];
  const place = { where: `retention.${rule.id}`, clause: rule.clause };
  const tiers = Object.entries(rule.tiers?.atMost ?? {}).map(([tier, period]) => `, ${period} for ${tier}`);
  const end = rule.keep.fromEndOf === 'year' ? ' from the end of the year' : '';
  const period = `${rule.keep.atMost ?? rule.keep.atLeast ?? ''}${end}${tiers.join('')}`;
  const what = rule.covers.join(', ');
  return isAboutRetention(policy, rule.clause)
    ? [finding('VAGUE_PERIOD', place, `the notice gives no number for ${what}; the operator chose ${period}`, publish)]
    : [
        finding(
          'PERIOD_NOT_STATED',
          place,
          `the notice does not say how long it keeps ${what}; the operator chose ${period}`,
          publish,
        ),
      ];
}

function chosen(policy: Policy): LintFinding[] {
  const numbers = [
    ...policy.retention.flatMap(({ id, clause, grace, otherwise, tiers }) => [
      { where: `retention.${id}.grace`, clause, from: grace?.from, text: grace?.keep },
      { where: `retention.${id}.otherwise`, clause, from: otherwise?.from, text: otherwise?.keep },
      { where: `retention.${id}.tiers.grace`, clause, from: tiers?.grace?.from, text: tiers?.grace?.keep },
    ]),
    ...policy.recipients.map(({ name, clause, keeps }) => ({
      where: `recipients.${name}.keeps`,
      clause,
      from: keeps?.from,
      text: keeps?.period,
    })),
    ...policy.purposes.map(({ name, clause, aggregate }) => ({
      where: `purposes.${name}.aggregate`,
      clause,
      from: aggregate?.from,
      text: `groups of ${aggregate?.minimumGroup}`,
    })),
    ...policy.rights.map(({ right, clause, delay }) => ({
      where: `rights.${right}.delay`,
      clause,
      from: delay?.from,
      text: delay?.period,
    })),
    ...policy.security.map(({ name, clause, every }) => ({
      where: `security.${name}`,
      clause,
      from: every?.from,
      text: `every ${every?.period}`,
    })),
  ];
  return numbers
    .filter(({ from }) => from === 'operator')
    .map(({ text, ...place }) =>
      finding(
        'PERIOD_CHOSEN_BY_OPERATOR',
        place,
        `the notice gives no number; the operator chose ${text ?? ''}`,
        publish,
      ),
    );
}

function endless(policy: Policy): LintFinding[] {
  return policy.categories
    .filter((category) => category.held === 'host' || category.held === 'kept')
    .filter((category) => !policy.retention.some((rule) => rule.covers.some((word) => covers(word, category.name))))
    .map(({ name, clause }) =>
      finding(
        'CATEGORY_WITHOUT_PERIOD',
        { where: `categories.${name}`, clause },
        `no retention rule ever ends ${name}`,
        'add it to the covers of a rule, or write a rule for it',
      ),
    );
}

/** A tier or a recipient's copy that outlives what the notice promises for all. */
function aboveCeiling(policy: Policy): LintFinding[] {
  const ceilings = policy.retention.filter(({ keep }) => keep.from === 'notice' && keep.atMost !== undefined);
  return ceilings.flatMap(({ id, clause, covers: covered, keep, tiers }) => {
    const longer = (period: string): boolean => periodDays(period) > periodDays(keep.atMost ?? period);
    const over = (where: string, what: string, period: string): LintFinding =>
      finding(
        'RETENTION_ABOVE_CEILING',
        { where, clause },
        `${what} is ${period}, and the notice promises ${keep.atMost} at most`,
        'shorten it, or publish a longer ceiling',
      );
    return [
      ...Object.entries(tiers?.atMost ?? {})
        .filter(([, period]) => longer(period))
        .map(([tier, period]) => over(`retention.${id}.tiers`, `the period for ${tier}`, period)),
      ...policy.recipients.flatMap(({ name, label, keeps, categories }) => {
        const theirs = categories.some((word) => covered.some((one) => covers(one, word) || covers(word, one)));
        if (keeps === undefined || !theirs || !longer(keeps.period)) return [];
        return [over(`recipients.${name}.keeps`, `the copy of ${label}`, keeps.period)];
      }),
    ];
  });
}
