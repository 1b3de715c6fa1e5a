import { mediaInvalid } from './mediaFault.ts';
import { drop, dropTheRest, look, need, pass, put, take, type Walk } from './mediaStep.ts';
import { begins, u8 } from './numbersIn.ts';

/** GIF89a, 23 to 26. */
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const COMMENT = 0xfe;
const APPLICATION = 0xff;
const LOOPS = ['NETSCAPE2.0', 'ANIMEXTS1.0'];

/** GIF: images, their timing and the number of loops stay; comments, plain text and what applications wrote go. */
export function* stripGif(): Walk {
  yield* pass(13 + paletteLength(u8(yield* need(13), 10)));
  let drawn = false;
  let control: Uint8Array | undefined;
  for (;;) {
    const [block] = yield* need(1);
    if (block === TRAILER) break;
    if (block === IMAGE) {
      if (control) yield* put(control);
      control = undefined;
      yield* pass(10 + paletteLength(u8(yield* need(10), 9)) + 1);
      yield* passBlocks();
      drawn = true;
      continue;
    }
    if (block !== EXTENSION) throw mediaInvalid('The GIF holds a block that there is no such of.');
    const label = u8(yield* need(2), 1);
    if (label === GRAPHIC_CONTROL) {
      control = yield* take(8);
      if (control[2] !== 4 || control[7] !== 0) throw mediaInvalid('The timing of a GIF has a wrong length.');
    } else if (label === APPLICATION && (yield* isLoop())) {
      const head = yield* take(14);
      const loop = yield* need(4);
      if (loop[0] === 3 && loop[1] === 1) yield* put(head, yield* take(4), [0]);
      yield* dropBlocks('application data');
    } else {
      yield* drop(2, label === COMMENT ? 'comment' : 'application data');
      yield* dropBlocks('');
      // A control block belongs to whatever is drawn next, and plain text would have been it.
      if (label === 0x01) control = undefined;
    }
  }
  if (!drawn) throw mediaInvalid('The GIF holds no picture.');
  yield* pass(1);
  yield* dropTheRest();
}

function paletteLength(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0;
}

function* isLoop(): Walk<boolean> {
  const head = yield* look(14);
  return head[2] === 11 && LOOPS.some((name) => begins(head, name, 3));
}

function* passBlocks(): Walk {
  for (;;) {
    const [length] = yield* need(1);
    yield* pass(1 + (length as number));
    if (length === 0) return;
  }
}

/** Sub-blocks and the empty one that ends them; `what` is reported where there was more than the empty one. */
function* dropBlocks(what: string): Walk {
  for (;;) {
    const [length] = yield* need(1);
    yield* drop(1 + (length as number), length === 0 ? '' : what);
    if (length === 0) return;
  }
}
