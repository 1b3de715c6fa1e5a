import { covers } from '../policy/vocabulary.ts';

export const MASK = '•••';

/** What of other people was masked. */
export type MaskedKind = 'address' | 'telephone' | 'handle' | 'name' | 'value';

export interface Masked {
  readonly text: string;
  readonly masked: Partial<Readonly<Record<MaskedKind, number>>>;
}

// Bounded on both sides, so that no text takes longer than its length allows.
const ADDRESS = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}\p{N}-]{2,63}/gu;
const TELEPHONE = /(?<![\p{L}\p{N}])(?:\+|00)\d(?:[ ()/.-]{0,2}\d){6,14}(?!\d)/gu;
const HANDLE = /(?<![\p{L}\p{N}.@/])@[\p{L}\p{N}_.-]{2,64}/gu;

/** Categories whose texts people write freely: others are masked inside of them. Of what tells who somebody is, all is masked. */
const WRITTEN = ['generation', 'support', 'usage'];

/**
 * A free text without the email addresses of other people. Every address but the person's own: to mask only those that are
 * registered here would tell who is (Art 15(4) GDPR).
 * @param spared addresses that stay, in lower case
 */
export function maskAddresses(text: string, spared: ReadonlySet<string>): Masked {
  return replaced(text, [['address', ADDRESS]], spared);
}

/** A value of a field that may be about others: a free text loses what tells who they are, anything else is masked whole. */
export function maskOthers(
  category: string,
  value: unknown,
  spared: ReadonlySet<string>,
): Pick<Masked, 'masked'> & { readonly value: unknown } {
  const isText = typeof value === 'string';
  if (WRITTEN.some((word) => covers(word, category))) {
    // A number or a flag beside a text tells nobody from another.
    if (!isText) return { value, masked: {} };
    const { text, masked } = replaced(
      value,
      [
        ['address', ADDRESS],
        ['telephone', TELEPHONE],
        ['handle', HANDLE],
      ],
      spared,
    );
    return { value: text, masked };
  }
  if (isText && spared.has(value.trim().toLowerCase())) return { value, masked: {} };
  return { value: MASK, masked: { value: 1 } };
}

/** Takes names out of a text, such as those of staff members; whole words only. */
export function maskNames(text: string, names: readonly string[]): Masked {
  let left = text;
  let count = 0;
  for (const name of names) {
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, 'giu');
    left = left.replaceAll(pattern, () => {
      count += 1;
      return MASK;
    });
  }
  return { text: left, masked: count === 0 ? {} : { name: count } };
}

function replaced(
  text: string,
  kinds: readonly (readonly [MaskedKind, RegExp])[],
  spared: ReadonlySet<string>,
): Masked {
  const masked: Partial<Record<MaskedKind, number>> = {};
  let left = text;
  for (const [kind, pattern] of kinds) {
    // Most texts have none, and looking for what could stand around one takes its time.
    if (kind !== 'telephone' && !left.includes('@')) continue;
    left = left.replaceAll(pattern, (found) => {
      if (isSpared(found.toLowerCase(), spared)) return found;
      masked[kind] = (masked[kind] ?? 0) + 1;
      return MASK;
    });
  }
  return { text: left, masked };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Addresses stand behind signs that could be part of one: `'ann@example.com` and `to=ann@example.com`. */
function isSpared(found: string, spared: ReadonlySet<string>): boolean {
  return [...spared].some((own) => found.endsWith(own) && !/[\p{L}\p{N}.+_-]$/u.test(found.slice(0, -own.length)));
}
