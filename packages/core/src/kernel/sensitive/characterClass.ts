/** What a character is to a card number: 1 to 10 a digit and one more than its value, else one of these. */
export const OTHER = 0;
export const SPACE = 11;
export const BREAK = 12;
export const DASH = 13;
export const DOT = 14;
export const SLASH = 15;
export const UNDERSCORE = 16;
export const PLUS = 17;
/** The beginning of what may be an escaped separator, such as `%20`. */
export const ESCAPE = 18;
/** What mail puts before each line that it quotes. */
export const QUOTE = 19;

/** By the code of the character. Digits of other scripts and widths are digits; what is not seen is a space. */
export const CLASSES: Uint8Array = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(65_536);
  for (const zero of ['0', '٠', '۰', '०', '０']) {
    for (let value = 0; value < 10; value += 1) table[zero.charCodeAt(0) + value] = value + 1;
  }
  const put = (kind: number, ...ranges: readonly (readonly [number, number])[]): void => {
    for (const [from, to] of ranges) table.fill(kind, from, to + 1);
  };
  put(SPACE, [0x09, 0x09], [0x20, 0x20], [0xa0, 0xa0], [0xad, 0xad], [0x1680, 0x1680], [0x2000, 0x200f]);
  put(SPACE, [0x202f, 0x202f], [0x205f, 0x2060], [0x3000, 0x3000], [0xfeff, 0xfeff]);
  put(BREAK, [0x0a, 0x0d], [0x85, 0x85], [0x2028, 0x2029]);
  put(DASH, [0x2d, 0x2d], [0x2010, 0x2015], [0x2212, 0x2212], [0xfe58, 0xfe58], [0xfe63, 0xfe63], [0xff0d, 0xff0d]);
  put(DOT, [0x2e, 0x2e], [0xb7, 0xb7], [0x2022, 0x2022], [0x2024, 0x2024], [0x2219, 0x2219], [0x22c5, 0x22c5]);
  put(DOT, [0x30fb, 0x30fb], [0xff0e, 0xff0e]);
  put(SLASH, [0x2f, 0x2f], [0x2044, 0x2044], [0x2215, 0x2215], [0xff0f, 0xff0f]);
  put(UNDERSCORE, [0x5f, 0x5f], [0xff3f, 0xff3f]);
  put(PLUS, [0x2b, 0x2b]);
  put(QUOTE, [0x3e, 0x3e]);
  for (const sign of '%\\&<=') put(ESCAPE, [sign.charCodeAt(0), sign.charCodeAt(0)]);
  return table;
}

/** Class of the character at a place; beyond either end of the text there is none. */
export function classAt(text: string, at: number): number {
  return at >= 0 && at < text.length ? (CLASSES[text.charCodeAt(at)] as number) : OTHER;
}

export function isDigit(kind: number): boolean {
  return kind >= 1 && kind <= 10;
}
