import { isBlank } from './isBlank.ts';
import { begins, code, u32 } from './numbersIn.ts';

/** Kinds of tag data that are numbers about colours (ICC.1:2022, 10). All others are texts, dates or private. */
const COLOURS = new Set([
  'curv',
  'para',
  'XYZ ',
  'mft1',
  'mft2',
  'mAB ',
  'mBA ',
  'sf32',
  'chrm',
  'cicp',
  'meas',
  'view',
  'mpet',
]);
const TEXTS = new Set(['desc', 'mluc', 'text']);
const HEADER = 128;
/** Date, manufacturer, model, creator and id (a hash over the texts, too), and what is reserved. */
const HEADER_BLANKS = [
  [24, 36],
  [48, 56],
  [80, HEADER],
] as const;
const MOST_TAGS = 256;

/**
 * A colour profile (ICC) that keeps how colours look and loses what it tells: calibrated screens write names, serial numbers
 * and dates into theirs. Same length, tags at the same places, so that nothing around it has to move.
 * Answers nothing where the profile cannot be read: decoders ignore such a one, too.
 */
export function plainProfile(profile: Uint8Array): Uint8Array | undefined {
  if (profile.length < HEADER + 4 || !begins(profile, 'acsp', 36)) return undefined;
  const count = u32(profile, HEADER);
  const table = HEADER + 4 + count * 12;
  if (count > MOST_TAGS || table > profile.length) return undefined;

  const plain = new Uint8Array(profile.length);
  plain.set(profile.subarray(0, table));
  for (const [from, to] of HEADER_BLANKS) plain.fill(0, from, to);
  for (let tag = 0; tag < count; tag += 1) {
    const at = u32(profile, HEADER + 4 + tag * 12 + 4);
    const length = u32(profile, HEADER + 4 + tag * 12 + 8);
    if (at < table || length < 8 || at + length > profile.length) return undefined;
    const kind = code(profile, at);
    if (COLOURS.has(kind)) plain.set(profile.subarray(at, at + length), at);
    else if (TEXTS.has(kind) && isBlank(plain.subarray(at, at + length))) plain.set(emptyText(kind, length), at);
  }
  return plain;
}

/** A text tag without its text: profiles have to have a description and a copyright, and may leave them empty. */
function emptyText(kind: string, length: number): Uint8Array {
  const text = new Uint8Array(length);
  text.set(Buffer.from(kind, 'latin1'));
  if (kind === 'desc' && length >= 12) text[11] = 1;
  if (kind === 'mluc' && length >= 16) text[15] = 12;
  return text;
}
