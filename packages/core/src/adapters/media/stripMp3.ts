import { mediaInvalid } from './mediaFault.ts';
import { drop, dropTheRest, look, pass, type Walk } from './mediaStep.ts';
import { mp3FrameLength } from './mp3FrameLength.ts';
import { begins, u8, u32le } from './numbersIn.ts';

/** What writers of tags put behind the last frame, and nothing after it. */
const TAILS = ['TAG', 'LYRICSBEGIN'];

/**
 * MP3: the frames of sound stay byte for byte. Tags before, between and behind them go (ID3, APE, Lyrics), and with them
 * names, words and pictures. MEDIA_INVALID where anything else lies there.
 */
export function* stripMp3(): Walk {
  for (let frames = 0; ; frames += 1) {
    yield* dropTags();
    const head = yield* look(11);
    const length = mp3FrameLength(head);
    if (length === undefined) {
      if (frames === 0) throw mediaInvalid('The MP3 holds no sound.');
      if (head.length > 0 && !TAILS.some((tail) => begins(head, tail)))
        throw mediaInvalid('Between the frames of the MP3 lies something else.');
      return yield* dropTheRest();
    }
    // Recordings end in the middle of a frame, and players leave that frame out.
    if ((yield* look(length)).length < length) {
      if (frames === 0) throw mediaInvalid('The MP3 holds no whole frame.');
      return yield* dropTheRest();
    }
    yield* pass(length);
  }
}

/** Tags that tell their length, and the zeros behind them. */
function* dropTags(): Walk {
  for (;;) {
    const head = yield* look(16);
    if (begins(head, 'ID3')) {
      const hasFooter = (u8(head, 5) & 0x10) !== 0;
      yield* drop(10 + synchsafe(head, 6) + (hasFooter ? 10 : 0), 'ID3');
    } else if (begins(head, 'APETAGEX')) {
      yield* drop(32 + u32le(head, 12), 'APE');
    } else if (head[0] === 0) {
      const zeros = head.findIndex((byte) => byte !== 0);
      yield* drop(zeros < 0 ? head.length : zeros, '');
    } else return;
  }
}

/** Seven bits of each of four bytes (ID3v2.4.0, 6.2). */
function synchsafe(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 4; i += 1) {
    if (u8(bytes, i) > 0x7f) throw mediaInvalid('The ID3 tag of the MP3 has no length.');
    value = value * 0x80 + u8(bytes, i);
  }
  return value;
}
