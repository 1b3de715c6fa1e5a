import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { loadCalendar, loadCalendarFor } from '../../packages/core/src/adapters/policy/loadCalendar.ts';
import { loadRegimes, regimeIds } from '../../packages/core/src/adapters/policy/loadRegime.ts';
import { loadResidence } from '../../packages/core/src/adapters/policy/loadResidence.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { CLOCK_KINDS, type Regime, type Term } from '../../packages/core/src/kernel/clock/regime.ts';
import { residenceTable } from '../../packages/core/src/kernel/residence/residenceTable.ts';

const regimes = await loadRegimes();
const laws = regimes.filter(({ id }) => id !== 'unknown');

function regime(id: string): Regime {
  const found = regimes.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no regime ${id}`);
  return found;
}

describe('the laws that are here', () => {
  test('are those of Europe, of twenty-three states of the US, and of the rest of the world', () => {
    const world =
      'au-app br-lgpd ca-pipeda ca-qc ch-fadp cn-pipl eu-gdpr in-dpdp jp-appi kr-pipa sg-pdpa uk-gdpr unknown';
    const states = 'al ca co ct de fl ia in ky md mn mt ne nh nj nv ok or ri tn tx ut va';
    expect(regimes.map(({ id }) => id)).toEqual(
      [...world.split(' '), 'za-popia', ...states.split(' ').map((state) => `us-${state}`)].sort(),
    );
  });

  test('are called like their files, and name a country and residents of it', async () => {
    expect(regimes.map(({ id }) => id)).toEqual(await regimeIds());
    for (const { id, country, residents } of laws) {
      expect([id, residents.length > 0]).toEqual([id, true]);
      if (id !== 'eu-gdpr') expect([id, residents]).toEqual([id, [country]]);
    }
  });

  test('name a calendar that is there: the one of their country or state', async () => {
    for (const { id, calendar, country } of regimes) {
      expect([id, (await loadCalendar(calendar)).id]).toEqual([id, calendar]);
      const own = { 'uk-gdpr': 'GB-ENG', unknown: 'EU' }[id] ?? country;
      expect([id, calendar]).toEqual([id, own]);
    }
  });

  test.each([
    ['eu-gdpr', 'DE', 'DE'],
    ['eu-gdpr', 'US', 'EU'],
    ['uk-gdpr', 'GB', 'GB-ENG'],
    ['uk-gdpr', 'DE', 'GB-ENG'],
    ['us-ca', 'DE', 'US-CA'],
    ['ca-qc', 'CA', 'CA-QC'],
    ['unknown', 'DE', 'EU'],
  ])('%s for a controller in %s counts the holidays of %s', async (id, country, calendar) => {
    expect((await loadCalendarFor(regime(id), country)).id).toBe(calendar);
  });

  test('protect the people of the table that packs are loaded with, each by one law', async () => {
    expect(await loadResidence()).toEqual(residenceTable(regimes));
    const written = await readFile(policiesDir('regimes', 'residence.json'), 'utf8');
    expect(written).toBe(`${JSON.stringify(residenceTable(regimes), null, 2)}\n`);
  });

  test('protect all thirty states of the EEA by one', () => {
    expect(new Set(regime('eu-gdpr').residents).size).toBe(30);
    expect(regime('eu-gdpr').residents).toEqual(expect.arrayContaining(['DE', 'IE', 'IS', 'LI', 'NO']));
  });

  test('say from when they apply where they do not yet', () => {
    const later = regimes.filter(({ inForceFrom }) => inForceFrom !== undefined);
    expect(Object.fromEntries(later.map(({ id, inForceFrom }) => [id, inForceFrom]))).toEqual({
      'in-dpdp': '2027-05-13',
      'us-al': '2027-05-01',
      'us-ok': '2027-01-01',
    });
  });
});

describe('a value of a law', () => {
  test('says in which article it stands, what was read, and who set it; our own choices are never a statute', () => {
    for (const { at, value } of regimes.flatMap((each) => sourcedValues(each, each.id))) {
      expect([at, typeof value.article, typeof value.source]).toEqual([at, 'string', 'string']);
      const ours = /^(our reading|internal target|computed)/.test(String(value.source));
      expect([at, ours && value.from]).toEqual([at, ours && 'operator']);
    }
  });

  test('of which the text was not read is marked', () => {
    const unread = regimes
      .flatMap((each) => sourcedValues(each, each.id))
      .filter(({ value }) => /general knowledge|not read/.test(value.source));
    expect(unread.length).toBeGreaterThan(50);
    expect(unread.filter(({ value }) => value.unverified !== true).map(({ at }) => at)).toEqual([]);
  });

  test.each<readonly [string, (regime: Regime) => { readonly unverified?: true } | undefined]>([
    ['us-ct', ({ appeal }) => appeal],
    ['us-ct', ({ respond }) => respond?.extend],
    ['us-ca', ({ optout }) => optout],
    ['uk-gdpr', ({ starts }) => starts],
    ['uk-gdpr', ({ complaint }) => complaint],
    ['eu-gdpr', ({ pauses }) => pauses?.scope],
    ['eu-gdpr', ({ children }) => children],
    ['ca-qc', ({ respond }) => respond],
    ['cn-pipl', ({ respond }) => respond],
    ['kr-pipa', ({ respond }) => respond?.extend],
  ])('%s: known from hearsay only, is marked', (id, value) => {
    expect(value(regime(id))?.unverified).toBe(true);
  });

  test.each<readonly [string, (regime: Regime) => { readonly unverified?: true } | undefined]>([
    ['eu-gdpr', ({ respond }) => respond],
    ['us-ca', ({ respond }) => respond],
    ['us-va', ({ respond }) => respond],
    ['us-co', ({ records }) => records[0]],
    ['br-lgpd', ({ respond }) => respond],
    ['kr-pipa', ({ respond }) => respond],
  ])('%s: that was read, is not', (id, value) => {
    const found = value(regime(id));
    expect(found).toBeDefined();
    expect(found?.unverified).toBeUndefined();
  });
});

describe('every clock of the table', () => {
  const days = (term: Term | undefined): number | undefined => (term && 'days' in term ? term.days : undefined);
  const total = (term: Term | undefined): unknown =>
    term?.extend && (term.extend.total === 'by-notice' ? 'by-notice' : Object.values(term.extend.total)[0]);

  test.each([
    ['br-lgpd', 15, undefined],
    ['ca-pipeda', 30, 60],
    ['ca-qc', 30, undefined],
    ['ch-fadp', 30, 'by-notice'],
    ['au-app', 30, undefined],
    ['jp-appi', 14, undefined],
    ['kr-pipa', 10, 'by-notice'],
    ['in-dpdp', 90, undefined],
    ['sg-pdpa', 30, 'by-notice'],
    ['za-popia', 30, 60],
    ['us-ca', 45, 90],
    ['us-fl', 45, 60],
    ['us-ia', 90, 135],
    ['us-nv', 60, 90],
    ...'al co ct de in ky md mn mt ne nh nj ok or ri tn tx ut va'.split(' ').map((id) => [`us-${id}`, 45, 90] as const),
  ])('%s: an answer within %s days, and with an extension %s', (id, respond, extended) => {
    expect([days(regime(id).respond), total(regime(id).respond)]).toEqual([respond, extended]);
  });

  test('an appeal is decided in 45 days in four states and in 60 elsewhere; four have none', () => {
    const states = laws.filter(({ id }) => id.startsWith('us-'));
    const by = (length: number | undefined): string[] =>
      states.filter(({ appeal }) => days(appeal) === length).map(({ id }) => id);
    expect(by(45)).toEqual(['us-co', 'us-mn', 'us-nj', 'us-or']);
    expect(by(undefined)).toEqual(['us-al', 'us-ca', 'us-nv', 'us-ut']);
    expect(by(60)).toHaveLength(states.length - 8);
    expect([total(regime('us-co').appeal), total(regime('us-mn').appeal)]).toEqual([105, 105]);
  });

  test('a right to appeal is named where there is a clock for it, and only there', () => {
    for (const { id, appeal, rights } of laws.filter((each) => each.id.startsWith('us-'))) {
      expect([id, rights.appeal !== undefined]).toEqual([id, appeal !== undefined]);
    }
  });
});

describe('who lives where nobody knows', () => {
  const strictest = regime('unknown');
  const length = (term: Term | undefined): number => {
    if (term === undefined) return Number.POSITIVE_INFINITY;
    return 'months' in term ? term.months * 28 : 'days' in term ? term.days : term.businessDays;
  };

  test.each(CLOCK_KINDS.filter((kind) => kind !== 'acknowledge'))(
    'waits no longer for %s than anybody else',
    (kind) => {
      for (const { id, [kind]: term } of laws)
        expect([id, length(strictest[kind]) <= length(term)]).toEqual([id, true]);
    },
  );

  test('is acknowledged in three business days, which only an immediate answer of substance beats', () => {
    const faster = laws.filter(({ acknowledge }) => length(acknowledge) < length(strictest.acknowledge));
    expect(faster.map(({ id }) => id)).toEqual(['br-lgpd']);
  });

  test('is never told of an extension, a pause or a day off', () => {
    expect(CLOCK_KINDS.filter((kind) => strictest[kind]?.extend !== undefined)).toEqual([]);
    expect([strictest.pauses, strictest.roll.on, strictest.starts.on]).toEqual([undefined, [], 'receipt']);
  });

  test('has every right that any law gives, is asked for consent, and counts as a child longest', () => {
    const given = [...new Set(laws.flatMap(({ rights }) => Object.keys(rights)))].sort();
    expect(Object.keys(strictest.rights).sort()).toEqual(given);
    expect([strictest.training.mode, strictest.fees.kind]).toEqual(['opt-in', 'free']);
    expect(strictest.children?.minimumAge).toBe(Math.max(...laws.map(({ children }) => children?.minimumAge ?? 0)));
  });

  test('and each of these values names the law that sets it', () => {
    const ids = laws.map(({ id }) => id);
    for (const { at, value } of sourcedValues(strictest)) {
      expect([at, ids.some((id) => value.article.startsWith(id))]).toEqual([at, true]);
    }
  });
});

interface Value {
  readonly article: string;
  readonly source: string;
  readonly from: string;
  readonly unverified?: boolean;
}

/** Everything in a regime that has an origin, with its path. */
function sourcedValues(value: unknown, at = ''): { readonly at: string; readonly value: Value }[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.entries(value).flatMap(([key, each]) => sourcedValues(each, at === '' ? key : `${at}.${key}`));
  return 'from' in value ? [{ at, value: value as Value }, ...within] : within;
}
