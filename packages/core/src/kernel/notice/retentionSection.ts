import { usesWithin } from '../decide/limitOfUse.ts';
import type { Keep, RetentionRule } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { listedUnder } from './listedUnder.ts';
import type { NoticeSection } from './noticeDocument.ts';
import { chosenBy, type Teller } from './noticeTeller.ts';

/** How long data is kept: a row a rule, every number out of the rule that the sweep works by. */
export function retentionSection(teller: Teller): NoticeSection {
  const { policy, say, row, list } = teller;
  return {
    id: 'retention',
    heading: say('heading.retention'),
    statements: [],
    table: {
      head: ['what', 'period', 'then', 'erasure'].map((column) => say(['retention', 'head', column])),
      rows: policy.retention.map((rule) => {
        const { keep, grace, otherwise, tiers } = rule;
        const cells = [
          list('categories', rule.covers),
          periodsOf(rule, teller).join('; '),
          say(['retention', 'then', rule.then]),
          onErasure(rule, teller),
        ];
        const marks = chosenBy(keep.from, grace?.from, otherwise?.from, tiers?.from, tiers?.grace?.from);
        return row(`retention.${rule.id}`, cells, marks);
      }),
    },
  };
}

/** Every period of a rule, in words. */
export function periodsOf(rule: RetentionRule, teller: Teller): string[] {
  const { keep, since, openEnded, unless, grace, otherwise, tiers, onlyFor, earlier } = rule;
  const { say, period, day, list } = teller;
  const anchor = anchorOf(since, teller);
  return [
    ...bounds(keep, anchor, teller),
    ...Object.entries(tiers?.atMost ?? {}).map(([value, atMost]) =>
      say('retention.tier', { period: period(atMost), trait: nameOf('trait', tiers?.of ?? '', teller), value }),
    ),
    ...(tiers?.grace ? [say('retention.tier-grace', { period: period(tiers.grace.keep) })] : []),
    ...(otherwise ? [say('retention.otherwise', bounded(otherwise, teller))] : []),
    ...(unless ? [say('retention.unless', { predicate: nameOf('predicate', unless, teller) })] : []),
    ...(grace ? [say('retention.grace', bounded(grace, teller))] : []),
    ...(openEnded ? [say('retention.until-then')] : []),
    ...(earlier ?? []).map(({ keep: before, before: date, version }) =>
      say('retention.earlier', {
        date: day(date.slice(0, 10)),
        period: period(before.atMost ?? 'P0D'),
        version: String(version + 1),
      }),
    ),
    ...(onlyFor ? [say('retention.only-for', { purposes: list('purposes', usesOf(rule, teller)) })] : []),
  ];
}

/** The limit in the rule's own words, and the purposes that pass it all the same since they name the data themselves. */
function usesOf(rule: RetentionRule, { policy }: Teller): string[] {
  const words = rule.onlyFor ?? [];
  const others = usesWithin(policy, rule).filter(({ name }) => !words.some((word) => covers(word, name)));
  return [...listedUnder(policy, words), ...others.map(({ name }) => name)];
}

function bounds(
  { atMost, atLeast, fromEndOf, source }: Keep,
  anchor: string,
  { say, period, article }: Teller,
): string[] {
  const end = fromEndOf === undefined ? '' : '-year';
  const because = source === undefined ? '' : ` ${say('retention.source', { source: article(source) })}`;
  return [
    ...(atLeast ? [say(`retention.at-least${end}`, { period: period(atLeast), anchor }) + because] : []),
    ...(atMost ? [say(`retention.at-most${end}`, { period: period(atMost), anchor }) + (atLeast ? '' : because)] : []),
  ];
}

function bounded({ since, keep }: { since: string; keep: string }, teller: Teller): Record<string, string> {
  return { period: teller.period(keep), anchor: anchorOf(since, teller) };
}

function anchorOf(name: string, teller: Teller): string {
  return nameOf('anchor', name, teller);
}

/** Hosts name dates and traits as they like; one that the words do not have is called by its name. */
function nameOf(kind: 'anchor' | 'predicate' | 'trait', name: string, { words }: Teller): string {
  return words.has(kind, name) ? words.say([kind, name]) : name;
}

function onErasure({ id, onErasure: does, ground }: RetentionRule, { say, labels, article }: Teller): string {
  if (does === 'erase' || ground === undefined) return say('retention.erasure.erase');
  const text = labels.rule(`retention.${id}.ground`, ground.text);
  return say('retention.erasure.detach', { ground: text, article: article(ground.article) });
}
