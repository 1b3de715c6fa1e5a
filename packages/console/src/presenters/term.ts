import type { Policy } from '../kept.ts';
import { counted } from './dates.ts';
import { spaced } from './words.ts';

type RetentionRule = Policy['retention'][number];

/** What starts a period, as a noun. */
const ANCHOR: Readonly<Record<string, string>> = {
  generated: 'generation',
  delivered: 'delivery',
  unsaved: 'un-saving',
  logged: 'logging',
  paid: 'payment',
  seen: 'the last use',
  stored: 'storing',
  used: 'the use',
  viewed: 'the view',
  visited: 'the visit',
  trained: 'the training',
  noted: 'the note',
  lastActive: 'the last use',
  accountClosed: 'the account was closed',
  conversationClosed: 'the conversation was closed',
  caseClosed: 'the case was closed',
  choiceEnded: 'the choice ended',
};

/** How long a rule keeps things, in words: "30 days after generation, unless saved". */
export function presentTerm(rule: RetentionRule): string {
  const { keep, since, unless, grace, otherwise, tiers, then } = rule;
  const periods = [
    ...(keep.atLeast ? [`at least ${presentPeriod(keep.atLeast)}`] : []),
    ...(keep.atMost ? [`${keep.atLeast ? 'at most ' : ''}${presentPeriod(keep.atMost)}`] : []),
  ];
  const start = keep.fromEndOf === 'year' ? `from the end of the year ${yearOf(since)}` : `after ${anchor(since)}`;
  const text = [
    `${periods.join(', ')} ${start}`,
    ...Object.entries(tiers?.atMost ?? {}).map(([tier, atMost]) => `${presentPeriod(atMost)} on ${tiers?.of} ${tier}`),
    ...(tiers?.grace ? [`${presentPeriod(tiers.grace.keep)} more after a change to less`] : []),
    ...(otherwise ? [`without that ${presentPeriod(otherwise.keep)} after ${anchor(otherwise.since)}`] : []),
    ...(unless ? [`unless ${spaced(unless).toLowerCase()}`] : []),
    ...(grace ? [`and not before ${presentPeriod(grace.keep)} after ${anchor(grace.since)}`] : []),
    ...(then === 'redact' ? ['then taken out of the record'] : []),
  ].join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Who chose the number. */
export function presentOrigin({ keep }: RetentionRule): string {
  const by = { notice: 'By the notice', statute: 'By statute', operator: 'Chosen by the operator' }[keep.from];
  return keep.source ? `${by}: ${keep.source}` : by;
}

/** "1 year 6 months" for P1Y6M; what is no such period is shown as it stands. */
export function presentPeriod(period: string): string {
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(period);
  const words = ['year', 'month', 'week', 'day'].flatMap((word, at) => {
    const count = found?.[at + 1];
    return count === undefined ? [] : [counted(Number(count), word)];
  });
  return words.length > 0 ? words.join(' ') : period;
}

function anchor(name: string): string {
  return ANCHOR[name] ?? `“${spaced(name).toLowerCase()}”`;
}

/** "of payment", but "in which the case was closed". */
function yearOf(name: string): string {
  const start = anchor(name);
  return / (?:was|ended)\b/.test(start) ? `in which ${start}` : `of ${start}`;
}
