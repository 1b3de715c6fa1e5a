import type { Bounded, Keep, RetentionRule, Tiers } from '../policy/policy.ts';
import { clauseJudge } from './dataJudges.ts';
import { either, type Judge, type Judges, maybeList, periodSaid, weighed, wording, wordList } from './judge.ts';
import { categoryName, purposeName } from './labels.ts';
import { comparedSpans, type Span } from './periodWords.ts';
import { balance, type Said } from './policyChange.ts';

/** What is attached when a loosened version becomes active is no part of what was written. */
type WrittenRule = Omit<RetentionRule, 'earlier'>;

function spanOf(keep: Keep, which: 'atMost' | 'atLeast'): Span | undefined {
  const period = keep[which];
  return period === undefined ? undefined : { period, fromEndOf: keep.fromEndOf };
}

const keep: Judge<WrittenRule, Keep> = (before, after, { name }) => {
  const ends = [before, after].map((one) => spanOf(one, 'atMost') ?? spanOf(one, 'atLeast'));
  const looser = comparedSpans(ends[0], ends[1]) === 'longer';
  // Without a ceiling the floor is the end as well: a longer one keeps more, a shorter one assures less.
  const endsAtFloor = [before, after].some(({ atMost }) => atMost === undefined);
  const ceiling = periodSaid(name, spanOf(before, 'atMost'), spanOf(after, 'atMost'), {
    longer: 'loosens',
    what: 'kept at most',
    none: 'kept without an end',
  });
  const floor = floorSaid(name, spanOf(before, 'atLeast'), spanOf(after, 'atLeast'));
  return [
    ...ceiling.map((said) => (looser ? loosened(said) : said)),
    ...floor.map((said) => (endsAtFloor ? loosened(said) : said)),
  ];
};

function loosened(said: Said): Said {
  return { ...said, direction: 'loosens' };
}

/** No floor is the shortest of all. */
function floorSaid(name: string, before: Span | undefined, after: Span | undefined): Said[] {
  if (after === undefined && before !== undefined)
    return [{ text: `${name}: no longer kept for a least time`, direction: 'loosens', material: true }];
  if (before === undefined && after !== undefined) {
    const none = { period: 'P0D' };
    return periodSaid(name, none, after, { longer: 'tightens', what: 'kept at least', none: '' });
  }
  return periodSaid(name, before, after, { longer: 'tightens', what: 'kept at least', none: '' });
}

/** More time for some records; without it there is none. */
function extraTime(what: string): Judge<WrittenRule, Bounded | undefined> {
  return (before, after, { name }) => {
    const text = after === undefined ? `no more time ${what}` : `time ${what}`;
    if (before === undefined || after === undefined)
      return [{ text: `${name}: ${text}`, direction: after ? 'loosens' : 'tightens', material: true }];
    return boundedSaid(`${name}, ${what}`, before, after);
  };
}

function boundedSaid(name: string, before: Bounded, after: Bounded): Said[] {
  const anchor: Said[] =
    before.since === after.since
      ? []
      : [
          {
            text: `${name}: counted from ${after.since} instead of ${before.since}`,
            direction: 'loosens',
            material: true,
          },
        ];
  const [then, now] = [before, after].map(({ keep: period }) => ({ period }));
  return [...anchor, ...periodSaid(name, then, now, { longer: 'loosens', what: 'at most', none: '' })];
}

const otherwise: Judge<WrittenRule, Bounded | undefined> = (before, after, { name }) => {
  if (before !== undefined && after !== undefined)
    return boundedSaid(`${name}, where the date is missing`, before, after);
  const text =
    after === undefined ? 'kept without an end where the date is missing' : 'ended also where the date is missing';
  return [{ text: `${name}: ${text}`, direction: after === undefined ? 'loosens' : 'tightens', material: true }];
};

const tiers: Judge<WrittenRule, Tiers | undefined> = (before, after, { name, before: rule, after: next }) => {
  if (before !== undefined && after !== undefined && before.of !== after.of)
    return [{ text: `${name}: depends on ${after.of} instead of ${before.of}`, direction: 'loosens', material: true }];
  const of = after?.of ?? before?.of ?? '';
  const limit = (one: Tiers | undefined, { keep: rest }: WrittenRule, value: string): Span | undefined => {
    const period = one?.atMost[value];
    return period === undefined ? spanOf(rest, 'atMost') : { period, fromEndOf: rest.fromEndOf };
  };
  const values = [...new Set([before, after].flatMap((one) => Object.keys(one?.atMost ?? {})))].sort();
  return [
    ...values.flatMap((value) =>
      periodSaid(`${name} where ${of} is ${value}`, limit(before, rule, value), limit(after, next, value), {
        longer: 'loosens',
        what: 'kept at most',
        none: 'kept without an end',
      }),
    ),
    ...tierGrace(name, before?.grace, after?.grace),
  ];
};

function tierGrace(name: string, before: Bounded | undefined, after: Bounded | undefined): Said[] {
  const what = 'after a change to a shorter period';
  if (before !== undefined && after !== undefined) return boundedSaid(`${name}, ${what}`, before, after);
  if (before === after) return [];
  const text = after === undefined ? `no more time ${what}` : `time ${what}`;
  return [{ text: `${name}: ${text}`, direction: after === undefined ? 'tightens' : 'loosens', material: true }];
}

const ends: readonly RetentionRule['then'][] = ['redact', 'erase'];

export const retentionJudges: Judges<WrittenRule> = {
  id: wording('the short name'),
  covers: wordList({
    more: 'tightens',
    fewer: 'loosens',
    gained: 'the period holds from now on for',
    lost: 'the period no longer holds for',
    label: categoryName,
  }),
  keep,
  since: weighed(
    () => 'loosens',
    (after, before) => `counted from ${after} instead of ${before}`,
  ),
  openEnded: either(true, 'kept as long as its date has not come', 'its date is expected to be there'),
  unless: weighed(
    (_, after) => balance(after !== undefined, true),
    (after, before) => (after === undefined ? `ends even where ${before}` : `stays where ${after}`),
  ),
  grace: extraTime('for what was saved'),
  otherwise,
  tiers,
  // biome-ignore lint/suspicious/noThenProperty: the word of the policy file; never awaited.
  then: weighed(
    (before, after) => balance(ends.indexOf(after) < ends.indexOf(before), true),
    (after, before) => `what then happens is ${after} instead of ${before}`,
  ),
  onErasure: weighed(
    (_, after) => (after === 'detach' ? 'loosens' : 'tightens'),
    (after) =>
      after === 'detach'
        ? 'stays, without the person, when somebody asks for erasure'
        : 'goes when somebody asks for erasure',
  ),
  ground: weighed(
    () => 'neither',
    (after, before) => `kept because ${after?.text ?? 'of nothing'} instead of ${before?.text ?? 'nothing'}`,
  ),
  onlyFor: maybeList(
    {
      more: 'loosens',
      fewer: 'tightens',
      gained: 'may be used from now on for',
      lost: 'may no longer be used for',
      label: purposeName,
    },
    {
      came: { text: 'may be used for some purposes only', direction: 'tightens', material: true },
      went: { text: 'is no longer limited to some purposes', direction: 'loosens', material: true },
    },
  ),
  clause: clauseJudge(),
};

function periodOf(rule: RetentionRule): string {
  const none = { longer: 'loosens', none: 'no period' } as const;
  const [said] = [
    ...periodSaid('', undefined, spanOf(rule.keep, 'atMost'), { ...none, what: 'at most' }),
    ...periodSaid('', { period: 'P0D' }, spanOf(rule.keep, 'atLeast') ?? { period: 'P0D' }, {
      ...none,
      what: 'at least',
    }),
  ];
  return said?.text.replace(/^: /, '').replace(/ instead of 0 days$/, '') ?? none.none;
}

/** A new period limits; where it also lets data outlive an erasure, it takes more than it gives. */
export function retentionCame(rule: RetentionRule, name: string): Said {
  const text = `New period for ${name}: ${periodOf(rule)}`;
  return { text, direction: rule.onErasure === 'detach' ? 'loosens' : 'tightens', material: true };
}

export function retentionWent(rule: RetentionRule, name: string): Said {
  return { text: `No period any more for ${name}: ${periodOf(rule)} until now`, direction: 'loosens', material: true };
}

/** Whether some record ends later under the second rule, or not at all. */
export function outlasts(before: RetentionRule, after: RetentionRule): boolean {
  if (before.since !== after.since) return true;
  const between = { before, after, name: '' } as never;
  if (comparedSpans(spanOf(before.keep, 'atMost'), spanOf(after.keep, 'atMost')) === 'longer') return true;
  const [tiered, bounded] = [
    before.tiers || after.tiers ? tiers(before.tiers, after.tiers, between) : [],
    before.otherwise || after.otherwise ? otherwise(before.otherwise, after.otherwise, between) : [],
  ];
  return [...tiered, ...bounded].some(({ direction }) => direction === 'loosens');
}
