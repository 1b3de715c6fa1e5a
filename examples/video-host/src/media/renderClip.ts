import { createHash } from 'node:crypto';
import { encodeGif } from './encodeGif.ts';

export interface Clip {
  /** A GIF of twelve frames. */
  readonly video: Buffer;
  /** Its first frame alone. */
  readonly thumbnail: Buffer;
}

const width = 96;
const height = 54;
const frames = 12;

/** Stands in for a video model: drifting lights whose colours and paths follow from prompt and reference alone. */
export function renderClip(prompt: string, reference?: Uint8Array): Clip {
  const dice = diceOf(prompt, reference);
  const images = Array.from({ length: frames }, (_, at) => frame(dice, at / frames));
  return { video: filmOf(dice, images), thumbnail: filmOf(dice, images.slice(0, 1)) };
}

/** The first frame of a clip, and no more of it. */
export function renderPicture(prompt: string, reference?: Uint8Array): Buffer {
  const dice = diceOf(prompt, reference);
  return filmOf(dice, [frame(dice, 0)]);
}

function diceOf(prompt: string, reference?: Uint8Array): Buffer {
  const seed = createHash('sha256').update(prompt);
  if (reference) seed.update(reference);
  return seed.digest();
}

function filmOf(dice: Buffer, images: readonly Uint8Array[]): Buffer {
  return encodeGif({ width, height, palette: palette(dice), delay: 10, frames: images });
}

function palette(dice: Buffer): Uint8Array {
  const hue = ((dice[0] ?? 0) / 256) * 360;
  const swing = 40 + ((dice[1] ?? 0) / 256) * 120;
  const colours = Array.from({ length: 64 }, (_, step) => {
    const light = step / 63;
    return rgb(hue + swing * light, 0.75 - 0.25 * light, 0.08 + 0.8 * light);
  });
  return Uint8Array.from(colours.flat());
}

function rgb(hue: number, saturation: number, lightness: number): number[] {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const place = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

function frame(dice: Buffer, turn: number): Uint8Array {
  const lights = [0, 1, 2, 3].map((light) => {
    const [start = 0, speed = 0, reach = 0, size = 0] = dice.subarray(2 + light * 4, 6 + light * 4);
    const angle = (start / 256 + turn * (speed % 2 === 0 ? 1 : -1)) * 2 * Math.PI;
    const far = 0.1 + (reach / 256) * 0.35;
    const radius = 8 + (size / 256) * 14;
    return { x: width * (0.5 + far * Math.cos(angle)), y: height * (0.5 + far * Math.sin(angle)), radius };
  });
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dusk = 14 * (y / height);
      let glow = 0;
      for (const at of lights) glow += at.radius ** 2 / ((x - at.x) ** 2 + (y - at.y) ** 2 + 9);
      // The brighter, the slower it rises: no light burns out.
      pixels[y * width + x] = Math.round(63 * (1 - Math.exp(-(dusk + 9 * glow) / 34)));
    }
  }
  return pixels;
}
