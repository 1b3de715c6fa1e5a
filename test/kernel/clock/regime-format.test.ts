import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseSource } from '../../../packages/core/src/adapters/policy/yamlSource.ts';
import { compileCalendar } from '../../../packages/core/src/kernel/clock/calendar.ts';
import { compileRegime } from '../../../packages/core/src/kernel/clock/compileRegime.ts';
import type { Regime } from '../../../packages/core/src/kernel/clock/regime.ts';
import type { Mistake } from '../../../packages/core/src/kernel/policy/source.ts';
// @ts-expect-error the script has no types of its own
import { extract } from '../../../scripts/calendars.mjs';
import { calendarOf, gdpr, REGIMES, regimes } from './scene.ts';

const text = (file: string): string => readFileSync(new URL(file, REGIMES), 'utf8');
const europe = text('eu-gdpr.yaml');
const family = text('shared/us-state.yaml');
const bases = text('shared/gdpr.yaml');
const virginia = text('us-va.yaml');

type Edit = readonly [from: string | RegExp, to: string];

function edited(file: string, edits: readonly Edit[]): string {
  return edits.reduce((all, [from, to]) => {
    const changed = all.replace(from, to);
    if (changed === all) throw new Error(`nothing to change at ${from}`);
    return changed;
  }, file);
}

function compiled(own: string, shared = family): Regime {
  return compileRegime(parseSource(own, 'regimes/xx.yaml'), {
    'us-state': parseSource(shared, 'regimes/shared/us-state.yaml'),
    gdpr: parseSource(bases, 'regimes/shared/gdpr.yaml'),
  });
}

/** The mistakes for which it is refused. */
function mistakes(own: string, shared?: string): readonly Mistake[] {
  try {
    compiled(own, shared);
  } catch (error) {
    expect(error).toMatchObject({ name: 'KeptError', code: 'REGIME_INVALID' });
    return (error as { mistakes: readonly Mistake[] }).mistakes;
  }
  throw new Error('the regime compiles');
}

describe('a regime file with a mistake is refused', () => {
  test.each<readonly [what: string, edits: readonly Edit[], code: string, says: RegExp, remedy: RegExp]>([
    ['an unknown section', [['optout:\n', 'opt-out:\n']], 'UNKNOWN_KEY', /"opt-out"/, /"optout"/],
    ['a missing section', [[/\nroll:\n( .*\n)+/, '\n']], 'MISSING_KEY', /"roll"/, /add roll/],
    ['no source', [['  source: CELEX 32016R0679, Article 12(3)\n', '']], 'MISSING_KEY', /"source"/, /add source/],
    ['no article', [['  article: Art 12(3)\n', '']], 'MISSING_KEY', /"article"/, /add article/],
    ['another origin', [['from: statute', 'from: notice']], 'WRONG_SHAPE', /"notice"/, /statute/],
    ['a mark that says nothing', [['unverified: true', 'unverified: false']], 'WRONG_SHAPE', /false/, /leave/],
    ['two units', [['  months: 1\n', '  months: 1\n  days: 30\n']], 'WRONG_PERIOD', /one length/, /months, days/],
    ['no unit', [['  months: 1\n', '']], 'WRONG_PERIOD', /one length/, /months, days/],
    ['an unknown unit', [['  months: 1\n', '  month: 1\n']], 'UNKNOWN_KEY', /"month"/, /"months"/],
    ['half a month', [['  months: 1\n', '  months: 0.5\n']], 'WRONG_SHAPE', /whole number/, /digits/],
    ['a spoken period', [['  months: 1\n', '  months: one month\n']], 'WRONG_SHAPE', /whole number/, /digits/],
    ['a period without end', [['  months: 1\n', '  months: 99999999999\n']], 'WRONG_PERIOD', /no period/, /3650/],
    ['an extension without a length', [['{ months: 3 }', '{}']], 'WRONG_PERIOD', /one length/, /months, days/],
    ['an unknown day off', [['[saturday,', '[satturday,']], 'WRONG_SHAPE', /"satturday"/, /"saturday"/],
    ['an unknown right', [['  erasure: {', '  erasur: {']], 'UNKNOWN_WORD', /"erasur"/, /"erasure"/],
    ['an unknown reading', [['reading: unrolled', 'reading: rolled']], 'WRONG_SHAPE', /"rolled"/, /"unrolled"/],
    ['rest beside a reading', [['reading: unrolled', 'reading: same\n  rest: []']], 'WRONG_SHAPE', /rest/, /neither/],
    ['a residence in small letters', [['residents:\n  [AT', 'residents:\n  [at']], 'WRONG_SHAPE', /3166/, /US-CA/],
    ['a refusal without words', [[/ {4}text: the request.*\n/, '']], 'MISSING_KEY', /"text"/, /add text/],
    ['an unknown training mode', [['mode: opt-in', 'mode: optin']], 'WRONG_SHAPE', /"optin"/, /"opt-in"/],
    ['a spoken floor', [['atLeast: P8Y', 'atLeast: 8 years']], 'WRONG_PERIOD', /"8 years"/, /P8Y/],
    ['an unknown start of a floor', [['end-of-year', 'year-end']], 'WRONG_SHAPE', /"year-end"/, /end-of-year/],
    [
      'a day that does not exist',
      [['id: eu', 'inForceFrom: 2027-02-30\nid: eu']],
      'WRONG_DATE',
      /2027-02-30/,
      /exists/,
    ],
    ['a section spared that is needed', [[/\nroll:\n( .*\n)+/, '\nroll: none\n']], 'WRONG_SHAPE', /mapping/, /on/],
  ])('with %s', (_what, edits, code, says, remedy) => {
    const found = mistakes(edited(europe, edits));
    const one = found.find((each) => each.code === code && says.test(each.message));
    expect(one?.remedy).toMatch(remedy);
    expect(one?.file).toBe('regimes/xx.yaml');
  });

  test('for all mistakes at once, each with its file, line, column and remedy, from top to bottom', () => {
    const own = edited(europe, [
      ['  months: 1\n', '  months: 1 month\n'],
      ['from: guidance', 'from: guidence'],
      ['mode: opt-in', 'mode: optin'],
    ]);
    const lines = own.split('\n');
    const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;
    const found = mistakes(own);
    expect(found.map(({ line, column, remedy }) => [line, column, remedy])).toEqual([
      [lineOf('months: 1 month'), 3, expect.stringContaining('digits')],
      [lineOf('from: guidence'), 5, 'did you mean "guidance"?'],
      [lineOf('mode: optin'), 3, 'did you mean "opt-in"?'],
    ]);
    expect(() => compiled(own)).toThrow(
      expect.objectContaining({
        place: `regimes/xx.yaml:${lineOf('months: 1 month')}:3`,
        message: expect.stringMatching(/^The regime has 3 mistakes\n.*\n.*\n.*"optin".*$/),
      }),
    );
  });

  test.each(['', '[]', 'a text', 'null'])('as a whole where it holds %j instead of sections', (own) => {
    expect(mistakes(own)).toMatchObject([{ code: 'WRONG_SHAPE', line: 1, column: 1 }]);
  });
});

describe('a law of a family takes over what it does not write', () => {
  test('whole sections, with its own law in their articles', () => {
    const state = compiled(virginia.replaceAll('Va. Code 59.1-577', 'Another Act'));
    expect(state.roll.article).toBe('Another Act');
    expect(state.rights.access?.article).toBe('Another Act');
    expect(state.fees).toMatchObject({ freePerYear: 2, article: 'Another Act(B)(3)' });
    expect(state.fees.unverified).toBeUndefined();
    expect(JSON.stringify(state)).not.toContain('$law');
  });

  test('but for those that it has not, which it says with one word', () => {
    const state = compiled(edited(virginia, [[/\nappeal:(?:.*\n)(?: .*\n)+/, '\nappeal: none\n']]));
    expect(state.appeal).toBeUndefined();
    expect(compiled(virginia).appeal).toMatchObject({ days: 60 });
  });

  test('of a file that is there, with the law that stands in its articles', () => {
    expect(mistakes(edited(virginia, [['like: us-state', 'like: us-sate']]))[0]).toMatchObject({
      code: 'UNKNOWN_WORD',
      line: 2,
      remedy: 'did you mean "us-state"?',
    });
    expect(mistakes(edited(virginia, [[/^law:.*\n/m, '']]))[0]).toMatchObject({ code: 'MISSING_KEY' });
    expect(mistakes(edited(virginia, [['like: us-state', 'like: constructor']]))[0]).toMatchObject({
      code: 'UNKNOWN_WORD',
    });
  });

  test('and a mistake in the shared file is shown there', () => {
    const [one] = mistakes(virginia, edited(family, [['mode: opt-out', 'mode: out']]));
    expect(one).toMatchObject({ file: 'regimes/shared/us-state.yaml', code: 'WRONG_SHAPE' });
  });

  test('one level deep: a shared file builds on no other', () => {
    expect(mistakes(virginia, `like: us-state\n${family}`)).toMatchObject([
      { file: 'regimes/shared/us-state.yaml', code: 'UNKNOWN_KEY', message: 'unknown key "like"' },
    ]);
  });
});

describe('a compiled regime is plain data', () => {
  test('that survives being written and read', () => {
    for (const regime of regimes) expect(JSON.parse(JSON.stringify(regime))).toEqual(regime);
  });

  test('with its lists sorted by id, whatever their order in the file', () => {
    const ids = gdpr.refusals.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(ids).toContain('legal-claims');
  });
});

describe('a calendar file', () => {
  test.each([
    [null],
    [{}],
    [{ id: 'XX', years: {} }],
    [{ id: 'XX', years: { 2026: '01-01', 2028: '' } }],
    [{ id: 'XX', years: { 2026: '1.1.' } }],
    [{ id: 'XX', years: { 2026: '01-01' }, undisputed: { 2026: '01-02' } }],
  ])('with a mistake is refused: %j', (file) => {
    expect(() => compileCalendar(file)).toThrow(expect.objectContaining({ code: 'CALENDAR_INVALID' }));
  });

  test.each(['DE', 'GB-SCT', 'US-CA', 'ZA'])('is what the script extracts: %s', (id) => {
    expect(compileCalendar(extract(id))).toEqual(calendarOf(id));
  });
});
