import Handlebars, { type HelperDeclareSpec } from 'handlebars';
import { KeptError } from '../../kernel/keptError.ts';

/** Each spells one thing, and refuses what it cannot. */
interface LetterWords extends HelperDeclareSpec {
  day(date: unknown): string;
  count(value: unknown, one: string, many: string): string;
}

/**
 * The words that templates cannot spell: `{{day d}}`, `{{number n}}`, `{{count n "record" "records"}}` and `{{asked right}}`,
 * which completes "you asked us" from `rights` of the same language, for one right or several. `if` and `each` refuse a fact that is missing, since
 * "nothing stays" must never be written only because nobody said what stays.
 */
export function letterWords(language: string, rights: Readonly<Record<string, string>>): LetterWords {
  const locale = language === 'en' ? 'en-GB' : language;
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(locale);
  const number = (value: unknown) => {
    if (!Number.isSafeInteger(value) || (value as number) < 0) throw wrong('A count is missing or no whole number.');
    return numbers.format(value as number);
  };
  return {
    number,
    count: (value: unknown, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`,
    day(date: unknown) {
      const instant = new Date(`${date}T00:00:00Z`);
      if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== date)
        throw wrong('A day is missing or not of the form YYYY-MM-DD.');
      return days.format(instant);
    },
    asked(right: unknown) {
      const asked = Array.isArray(right) ? right : [right];
      const words = asked.map((each) => (Object.hasOwn(rights, each) ? rights[each] : undefined));
      if (words.length === 0 || words.some((each) => !each))
        throw wrong('A right is missing or has no words in this language.');
      return list.format(words as string[]);
    },
    if: known('if'),
    each: known('each'),
  };
}

function known(name: 'if' | 'each'): Handlebars.HelperDelegate {
  const own = Handlebars.helpers[name] as Handlebars.HelperDelegate;
  return function (this: unknown, value: unknown, options: unknown) {
    if (value === undefined) throw wrong(`A fact is missing on which an \`${name}\` depends.`);
    return own.call(this, value, options);
  };
}

function wrong(message: string): KeptError {
  return new KeptError('LETTER_INVALID', message, { place: 'letter', remedy: 'See LetterModels.' });
}
