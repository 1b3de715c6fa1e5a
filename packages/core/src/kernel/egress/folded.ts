/** A text as it is compared, with where in the original each of its characters stands. */
export interface Folded {
  readonly text: string;
  /** Start of each character's origin, and at the end the length of the original; absent where nothing moved. */
  readonly from?: readonly number[];
}

/** Letters that do not come apart into a base and a mark. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
};

/** Case, accents, wide forms and characters without width do not count. */
export function folded(text: string): Folded {
  if (isAscii(text)) return { text: text.toLowerCase() };
  const known = new Map<string, string>();
  const from: number[] = [];
  let all = '';
  let at = 0;
  for (const letter of text) {
    let form = known.get(letter);
    if (form === undefined) {
      const bare = letter
        .normalize('NFKD')
        .replace(/[\p{M}\p{Cf}]/gu, '')
        .toLowerCase();
      form = letters[bare] ?? bare;
      known.set(letter, form);
    }
    for (let each = 0; each < form.length; each += 1) from.push(at);
    all += form;
    at += letter.length;
  }
  from.push(at);
  return { text: all, from };
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
  return /^[\x00-\x7f]*$/.test(text);
}
