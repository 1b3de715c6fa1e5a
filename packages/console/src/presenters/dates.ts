/** A moment or a day as people read it, and as machines do. */
export interface When {
  readonly text: string;
  readonly title: string;
  readonly datetime: string;
}

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(date: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${JSON.stringify(options)}`;
  const found = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  formats.set(key, found);
  return found.format(date);
}

/** The calendar day of a moment in a zone, YYYY-MM-DD. */
export function dayIn(zone: string, date: Date): string {
  const [day, month, year] = format(date, zone, { day: '2-digit', month: '2-digit', year: 'numeric' }).split('/');
  return `${year}-${month}-${day}`;
}

/** Whole days from one YYYY-MM-DD to another; negative where `to` lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** A calendar day; the year is said where it is not this one. */
export function presentDay(day: string, today: string): When {
  const date = new Date(`${day}T00:00:00Z`);
  const year: Intl.DateTimeFormatOptions = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' };
  return {
    text: format(date, 'UTC', { day: 'numeric', month: 'short', ...year }),
    title: format(date, 'UTC', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    datetime: day,
  };
}

/** A moment, in the zone of the controller. */
export function presentMoment(date: Date, zone: string, now: Date): When {
  const today = dayIn(zone, now);
  const day = dayIn(zone, date);
  const time = format(date, zone, { hour: '2-digit', minute: '2-digit' });
  return {
    text: day === today ? `today, ${time}` : `${presentDay(day, today).text}, ${time}`,
    title: format(date, zone, { dateStyle: 'full', timeStyle: 'long' }),
    datetime: date.toISOString(),
  };
}

/** How long ago something was, in one unit: the age of a preview. */
export function presentAge(date: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - date.getTime()) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${counted(minutes, 'minute')} ago`;
  if (minutes < 48 * 60) return `${counted(Math.floor(minutes / 60), 'hour')} ago`;
  return `${counted(Math.floor(minutes / 60 / 24), 'day')} ago`;
}

/** "1 file", "2 files". */
export function counted(count: number, word: string, plural: string = `${word}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? word : plural}`;
}
