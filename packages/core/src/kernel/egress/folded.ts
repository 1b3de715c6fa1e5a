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
  const forms: string[] = [];
  let at = 0;
  // Plain stretches are taken as they are; only what lies between is looked at letter by letter.
  for (const [, plain = '', letter = ''] of text.matchAll(/([ -~\t\r\n]{1,4096})|(.)/gsu)) {
    if (plain !== '') {
      forms.push(plain.toLowerCase());
      for (let each = 0; each < plain.length; each += 1) from.push(at + each);
    } else {
      const form = known.get(letter) ?? foldedLetter(letter);
      known.set(letter, form);
      forms.push(form);
      for (let each = 0; each < form.length; each += 1) from.push(at);
    }
    at += plain.length + letter.length;
  }
  from.push(at);
  return { text: forms.join(''), from };
}

function foldedLetter(letter: string): string {
  const bare = letter
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase();
  return letters[bare] ?? bare;
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
  return /^[\x00-\x7f]*$/.test(text);
}
