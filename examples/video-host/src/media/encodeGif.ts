/** A film of indexed pixels; every frame holds `width * height` palette places. */
export interface Film {
  readonly width: number;
  readonly height: number;
  /** 64 colours, three bytes each. */
  readonly palette: Uint8Array;
  readonly frames: readonly Uint8Array[];
  /** Of each frame, in hundredths of a second. */
  readonly delay: number;
}

const paletteBits = 6;

/** Writes an animated GIF89a that runs for ever; a single frame makes a still. */
export function encodeGif(film: Film): Buffer {
  const word = (value: number): number[] => [value & 0xff, value >> 8];
  const screen = [...word(film.width), ...word(film.height), 0xf0 | (paletteBits - 1), 0, 0];
  const forEver = [0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0'), 3, 1, 0, 0, 0];
  const parts: Uint8Array[] = [Buffer.from('GIF89a'), Buffer.from(screen), film.palette, Buffer.from(forEver)];
  for (const frame of film.frames) {
    const control = [0x21, 0xf9, 4, 0, ...word(film.delay), 0, 0];
    const place = [0x2c, 0, 0, 0, 0, ...word(film.width), ...word(film.height), 0];
    parts.push(Buffer.from(control), Buffer.from(place), compress(frame));
  }
  parts.push(Buffer.from([0x3b]));
  return Buffer.concat(parts);
}

/** LZW as GIF has it: codes grow from 7 to 12 bits, then the table starts afresh. */
function compress(pixels: Uint8Array): Buffer {
  const clear = 1 << paletteBits;
  const bytes: number[] = [];
  // The code of each known run: of the code before and the pixel behind it. No run has code 0.
  const table = new Uint16Array(4096 << paletteBits);
  let width = paletteBits + 1;
  let next = clear + 2;
  let bits = 0;
  let held = 0;
  const put = (code: number): void => {
    bits |= code << held;
    for (held += width; held >= 8; held -= 8, bits >>>= 8) bytes.push(bits & 0xff);
  };

  put(clear);
  let prefix = pixels[0] ?? 0;
  for (let at = 1; at < pixels.length; at++) {
    const pixel = pixels[at] ?? 0;
    const run = (prefix << paletteBits) | pixel;
    const known = table[run] ?? 0;
    if (known !== 0) {
      prefix = known;
      continue;
    }
    put(prefix);
    if (next === 4096) {
      put(clear);
      table.fill(0);
      width = paletteBits + 1;
      next = clear + 2;
    } else {
      if (next === 1 << width) width++;
      table[run] = next++;
    }
    prefix = pixel;
  }
  put(prefix);
  put(clear + 1);
  if (held > 0) bytes.push(bits & 0xff);
  return blocks(paletteBits, bytes);
}

function blocks(first: number, bytes: readonly number[]): Buffer {
  const out: number[] = [first];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255);
    out.push(block.length, ...block);
  }
  out.push(0);
  return Buffer.from(out);
}
