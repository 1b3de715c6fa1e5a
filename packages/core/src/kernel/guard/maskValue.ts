import { covers } from '../policy/vocabulary.ts';

const HIDDEN = '•••';
const NAMES = ['account.profile', 'account.identifier'];

/**
 * A value as staff see it who gave no reason: enough to tell two apart, not enough to know one. Addresses and names keep
 * their first letters, dates their month; what else could tell, such as a number, is left out (undefined).
 */
export function maskValue(category: string, value: unknown): unknown {
  if (typeof value === 'string') return maskText(category, value);
  if (typeof (value as Date | null)?.getTime === 'function') return monthOf(value as Date);
  return undefined;
}

function maskText(category: string, text: string): string {
  const [, local, domain, ending] = /^([^@\s]+)@([^@\s]+)(\.[^.@\s]+)$/.exec(text) ?? [];
  if (local && domain && ending) return `${first(local)}${HIDDEN}@${first(domain)}${HIDDEN}${ending}`;
  return NAMES.some((word) => covers(word, category)) ? `${first(text)}${HIDDEN}` : HIDDEN;
}

/** By code point, so that no half of a letter is left. */
function first(text: string): string {
  return [...text][0] ?? '';
}

function monthOf(date: Date): Date | undefined {
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  return Number.isNaN(month) ? undefined : new Date(month);
}
