import { type Box, boxesIn } from './boxes.ts';
import { isBlank } from './isBlank.ts';
import { mediaInvalid } from './mediaFault.ts';

/** Cleans the body of a box in place and names in `removed` what it took out. Nothing moves: offsets stay true. */
export type Cleaner = (body: Uint8Array, removed: Set<string>) => void;

const FREE = Buffer.from('free');
/** What tells a place, in boxes of any name: `©xyz` of QuickTime, `loci` of 3GPP, the key of Apple, GoPro and Android. */
const PLACES = ['\xa9xyz', 'loci', 'location.ISO6709', 'gpmd', 'camm'].map((mark) => Buffer.from(mark, 'latin1'));
const NAMES: ReadonlyMap<string, string> = new Map([
  ['udta', 'user data'],
  ['meta', 'metadata'],
  ['XMP_', 'XMP'],
  ['free', 'padding'],
  ['skip', 'padding'],
  ['wide', 'padding'],
  ['trak', 'timed metadata'],
  ['traf', 'timed metadata'],
]);
const XMP_UUID = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');

/** What a box that is left out is reported as; a `uuid` box is told by the id that its body begins with. */
export function nameOfBox(type: string, body: Uint8Array): string {
  if (type === 'uuid') return Buffer.compare(body.subarray(0, 16), XMP_UUID) === 0 ? 'XMP' : 'private box';
  return NAMES.get(type) ?? 'private box';
}

/** Puts zeros over bytes. */
export function blankOut(bytes: Uint8Array, what: string, removed: Set<string>): void {
  if (isBlank(bytes)) return;
  bytes.fill(0);
  removed.add(what);
}

/** Makes a box one of free space, of the same length: players step over it, and no offset in the file changes. */
export function freeBox({ type, whole, body }: Box, removed: Set<string>): void {
  if (!isBlank(body)) {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
    if (PLACES.some((mark) => bytes.includes(mark))) removed.add('GPS');
  }
  blankOut(body, nameOfBox(type, body), removed);
  whole.set(FREE, 4);
}

/** A box of boxes: those known are cleaned, all others and any second of those that occur once become free space. */
export function boxOf(
  children: Readonly<Record<string, Cleaner>>,
  { several = [], head = 0 }: { readonly several?: readonly string[]; readonly head?: number } = {},
): Cleaner {
  const known = new Map(Object.entries(children));
  return (body, removed) => {
    const seen = new Set<string>();
    const { boxes, rest } = boxesIn(body.subarray(head));
    for (const box of boxes) {
      const clean = known.get(box.type);
      if (clean && (!seen.has(box.type) || several.includes(box.type))) clean(box.body, removed);
      else freeBox(box, removed);
      seen.add(box.type);
    }
    blankOut(rest, 'padding', removed);
  };
}

/** A box that holds nothing of anybody: codec settings, mostly. */
export const asItIs: Cleaner = () => undefined;

/** A box that says itself how long it is; what lies behind that becomes zeros. */
export function upTo(lengthOf: (body: Uint8Array) => number): Cleaner {
  return (body, removed) => {
    const length = lengthOf(body);
    if (length > body.length) throw mediaInvalid('A table of the film is longer than its box.');
    blankOut(body.subarray(length), 'padding', removed);
  };
}
