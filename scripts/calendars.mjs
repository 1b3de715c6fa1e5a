// Extracts the public holidays that move a deadline into policies/regimes/calendars: `node scripts/calendars.mjs`.
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Holidays from 'date-holidays';

const YEARS = { from: 2020, to: 2040 };
const MEMBER_STATES = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const OTHERS = 'IS LI NO GB-ENG GB-SCT GB-NIR GB-WLS CH BR CA CA-QC AU JP KR IN CN SG ZA US'.split(' ');
const STATES = 'AL CA CO CT DE FL IA IN KY MD MN MT NE NH NJ NV OK OR RI TN TX UT VA'
  .split(' ')
  .map((code) => `US-${code}`);
const DAY = 24 * 60 * 60 * 1000;
const FOLDER = new URL('../policies/regimes/calendars/', import.meta.url);

/** Holidays of California that are a day off under every reading of "business day"; their substitute days are not. */
const UNDISPUTED = {
  'US-CA': [
    "New Year's Day",
    'Martin Luther King Jr. Day',
    "Presidents' Day",
    'Memorial Day',
    'Independence Day',
    'Labor Day',
    'Veterans Day',
    'Thanksgiving Day',
    'Christmas Day',
  ],
};

/** Public holidays of one calendar id, such as DE, GB-ENG or US-CA: per year, the days as MM-DD. */
export function extract(id) {
  const [country, part] = id.split('-');
  const source = part ? new Holidays(country, part) : new Holidays(country);
  const publicOnes = (year) => source.getHolidays(year).filter(({ type }) => type === 'public');
  const names = UNDISPUTED[id];
  return {
    id,
    years: compact((year) => publicOnes(year).flatMap(daysOf)),
    ...(names && {
      undisputed: compact((year) =>
        publicOnes(year)
          .filter(({ name, substitute }) => names.includes(name) && !substitute)
          .flatMap(daysOf),
      ),
    }),
  };
}

/** Days that are a holiday in every one of the calendars: the weakest reason to answer later. */
export function common(id, calendars) {
  const years = compact((year) => {
    const [first, ...rest] = calendars.map((calendar) => calendar.years[year].split(' '));
    return first.filter((day) => rest.every((days) => days.includes(day))).map((day) => `${year}-${day}`);
  });
  return { id, years };
}

function compact(datesOf) {
  const years = {};
  for (let year = YEARS.from; year <= YEARS.to; year += 1) {
    const days = datesOf(year).filter((date) => date.startsWith(`${year}-`));
    years[year] = [...new Set(days)]
      .sort()
      .map((date) => date.slice(5))
      .join(' ');
  }
  return years;
}

function daysOf({ date, start, end }) {
  const length = Math.max(1, Math.round((end - start) / DAY));
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Array.from({ length }, (_, day) => new Date(first + day * DAY).toISOString().slice(0, 10));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const states = MEMBER_STATES.map(extract);
  for (const calendar of [...states, ...[...OTHERS, ...STATES].map(extract), common('EU', states)]) {
    writeFileSync(new URL(`${calendar.id}.json`, FOLDER), `${JSON.stringify(calendar, null, 1)}\n`);
  }
  console.log(`${readdirSync(FOLDER).filter((name) => name.endsWith('.json')).length} calendars written`);
}
