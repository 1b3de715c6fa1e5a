import { KeptError } from '../kernel/keptError.ts';

/**
 * A text that came from outside: trimmed, not empty, at most so many characters. An object that looks like an operator of
 * the database is no text. Throws INPUT_INVALID, which does not repeat what was given.
 */
export function demandText(value: unknown, name: string, most: number): string {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text !== '' && text.length <= most) return text;
  throw new KeptError('INPUT_INVALID', `There is no usable ${name}`, {
    place: name,
    remedy: `Give a text of 1 to ${most} characters.`,
  });
}
