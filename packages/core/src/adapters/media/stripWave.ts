import { mediaInvalid, mediaRefused } from './mediaFault.ts';
import { blank, drop, dropTheRest, need, pass, put, type Walk } from './mediaStep.ts';
import { code, u8, u32le } from './numbersIn.ts';

/** Samples as they are, in whole numbers and in floating ones, and the form that says more about them. */
const PLAIN = new Map([
  [0x0001, [16, 18]],
  [0x0003, [16, 18]],
  [0xfffe, [40]],
]);
const MOST_CHUNKS = 100_000;

/**
 * WAV: form and samples stay byte for byte. Whatever else lies in the file (names, places, times, pictures) is overwritten
 * with zeros and called `JUNK`, so that no length before it changes and it flows through.
 */
export function* stripWave(): Walk {
  const length = u32le(yield* need(12), 4) + 8;
  yield* pass(12);
  let hasForm = false;
  let hasSamples = false;
  let count = 0;
  for (let at = 12; at < length; count += 1) {
    if (count === MOST_CHUNKS) throw mediaInvalid('The WAV holds more chunks than any sound.');
    const head = yield* need(8);
    const [type, size] = [code(head, 0), u32le(head, 4)];
    const end = at + 8 + size;
    if (end > length) throw mediaInvalid('A chunk of the WAV is longer than the file.');
    if (type === 'fmt ' && !hasForm) {
      demandPlain(yield* need(10), size);
      yield* pass(8 + size);
      hasForm = true;
    } else if ((type === 'data' && hasForm && !hasSamples) || (type === 'fact' && size === 4)) {
      yield* pass(8 + size);
      hasSamples ||= type === 'data';
    } else {
      yield* put(Buffer.from('JUNK'), head.slice(4, 8));
      yield* drop(8, type === 'JUNK' ? '' : named(type));
      yield* blank(size, named(type));
    }
    const padding = Math.min(size % 2, length - end);
    yield* blank(padding, 'private chunk');
    at = end + padding;
  }
  if (!hasSamples) throw mediaInvalid('The WAV holds no sound.');
  yield* dropTheRest();
}

/** What a compressed form hides nobody could judge. */
function demandPlain(head: Uint8Array, size: number): void {
  const format = u8(head, 8) + u8(head, 9) * 0x100;
  if (PLAIN.get(format)?.includes(size)) return;
  throw mediaRefused('The WAV is compressed, and by what is not known.', 'Send plain samples, or MP3.');
}

function named(type: string): string {
  if (type === 'LIST') return 'INFO';
  return type.toLowerCase().startsWith('id3') ? 'ID3' : 'private chunk';
}
