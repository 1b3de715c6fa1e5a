import type { Regime } from '../clock/regime.ts';
import { Temporal } from '../clock/temporal.ts';
import type { Origin, Policy } from '../policy/policy.ts';
import type { Mark, Row, Statement } from './noticeDocument.ts';
import type { NoticeLabels } from './noticeLabels.ts';
import type { NoticeWords } from './noticeWords.ts';

/** All that a section of a notice is written with. */
export interface Teller {
  readonly policy: Policy;
  /** The controller's own law, for what the notice leaves to it. */
  readonly regime: Regime;
  readonly words: NoticeWords;
  readonly labels: NoticeLabels;
  say: NoticeWords['say'];
  /** An ISO 8601 period in words: `30 days`. */
  period(period: string): string;
  /** A day in words. */
  day(date: string): string;
  /** A country, or a state of one such as `CA-QC`. */
  country(code: string): string;
  /** An article as the language cites it, with its law by the name that it has there. */
  article(article: string): string;
  /** A law, by its name in the language where the words have one. */
  law(id: string): string;
  /** Words of a list, by their labels; commas stand inside of these. */
  list(list: 'categories' | 'purposes', names: readonly string[]): string;
  statement(rule: string, text: string, marks?: readonly Mark[]): Statement;
  row(rule: string, cells: readonly string[], marks?: readonly Mark[]): Row;
}

export function noticeTeller(policy: Policy, regime: Regime, words: NoticeWords, labels: NoticeLabels): Teller {
  const { say } = words;
  const countries = new Intl.DisplayNames([words.language], { type: 'region' });
  const days = new Intl.DateTimeFormat(words.language === 'en' ? 'en-GB' : words.language, {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  const clausesOf = (rule: string): string[] =>
    policy.clauses.filter((clause) => clause.keptBy.includes(rule)).map(({ id }) => id);

  return {
    policy,
    regime,
    words,
    labels,
    say,
    period(period) {
      const { years, months, weeks, days: dayCount, hours } = Temporal.Duration.from(period);
      const parts = Object.entries({ year: years, month: months, week: weeks, day: dayCount, hour: hours })
        .filter(([, n]) => n > 0)
        .map(([unit, n]) => say(['unit', unit, n === 1 ? 'one' : 'many'], { n: String(n) }));
      return parts.join(` ${say('and')} `);
    },
    day: (date) => days.format(Temporal.Instant.from(`${date}T00:00:00Z`).epochMilliseconds),
    country(code) {
      if (words.has('place', code)) return say(['place', code]);
      const name = countries.of(code.slice(0, 2)) ?? code;
      return code.length > 2 ? `${name} (${code})` : name;
    },
    article: (article) => articleIn(article, say),
    law: (id) => (words.has('regime', id) ? say(['regime', id]) : id === regime.id ? regime.name : id),
    list: (list, names) => names.map((name) => labels.word(list, name)).join('; '),
    statement: (rule, text, marks = []) => ({ rule, text, marks, clauses: clausesOf(rule) }),
    row: (rule, cells, marks = []) => ({ rule, cells, marks, clauses: clausesOf(rule) }),
  };
}

/** Of other laws than those of Europe the sections stay as they are written at home. */
function articleIn(article: string, say: NoticeWords['say']): string {
  if (!/^(?:Art |§)/.test(article)) return article;
  return article
    .replaceAll('GDPR', say('gdpr'))
    .replaceAll('Art ', say('article.sign'))
    .replaceAll(' and ', ` ${say('and')} `)
    .replaceAll(' or ', ` ${say('or')} `)
    .replaceAll(/\((\d+)\)/g, (_, n: string) => say('article.paragraph', { n }))
    .replaceAll(/\(([a-z])\)/g, (_, n: string) => say('article.letter', { n }));
}

/** The mark of numbers that the operator chose. */
export function chosenBy(...origins: readonly (Origin | undefined)[]): readonly Mark[] {
  return origins.includes('operator') ? ['chosen'] : [];
}
