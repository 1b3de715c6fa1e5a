/** By what one person is recognised wherever it stands. */
export interface SoughtPerson {
  /** Addresses, keys, and what hosts make of these, in lower case: few, sought inside texts. */
  readonly marks: readonly string[];
  /** Keys of the person's records, in lower case: there may be many, so that they are sought as words. */
  readonly keys: ReadonlySet<string>;
}

/** Shorter ones stand in texts and numbers by chance. */
const SHORTEST = 6;
const WORD = /[\p{L}\p{N}_-]+/gu;

export function soughtPerson(marks: Iterable<string>, keys: Iterable<string> = []): SoughtPerson {
  const telling = (all: Iterable<string>): string[] =>
    [...new Set([...all].map((each) => each.trim().toLowerCase()))].filter(({ length }) => length >= SHORTEST);
  return { marks: telling(marks), keys: new Set(telling(keys)) };
}

/** Whether the text names the person: a mark that is no part of a longer word, or a key that is a word. */
export function namesPerson(text: string, { marks, keys }: SoughtPerson): boolean {
  if (text.length < SHORTEST) return false;
  const lower = text.replaceAll('%40', '@').toLowerCase();
  if (marks.some((mark) => standsIn(lower, mark))) return true;
  if (keys.size === 0) return false;
  for (const [word] of lower.matchAll(WORD)) {
    if (keys.has(word) || (word.includes('_') && word.split('_').some((part) => keys.has(part)))) return true;
  }
  return false;
}

/** ann@example.org stands in "mailto:ann@example.org.", and neither in joann@example.org nor in ann@example.org.uk. */
function standsIn(text: string, mark: string): boolean {
  const isAddress = mark.includes('@');
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    const [before, after] = [text.slice(Math.max(0, at - 1), at), text.slice(at + mark.length, at + mark.length + 2)];
    const begins = isAddress ? !/[\p{L}\p{N}.+_-]/u.test(before) : !/[\p{L}\p{N}]/u.test(before);
    const ends = isAddress ? !/^(?:[\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u.test(after) : !/^[\p{L}\p{N}]/u.test(after);
    if (begins && ends) return true;
  }
  return false;
}
