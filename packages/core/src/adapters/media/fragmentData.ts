import { bodyAt, boxesIn } from './boxes.ts';
import { mediaInvalid } from './mediaFault.ts';
import { u32, u64 } from './numbersIn.ts';
import type { ByteRange } from './owedBytes.ts';

/** Flags of `tfhd` and `trun` (ISO/IEC 14496-12, 8.8.7 and 8.8.8). */
const BASE_OFFSET = 0x01;
const DESCRIPTION = 0x02;
const DEFAULT_DURATION = 0x08;
const DEFAULT_SIZE = 0x10;
const BASE_IS_FRAGMENT = 0x02_0000;
const DATA_OFFSET = 0x01;
const FIRST_FLAGS = 0x04;
const DURATION = 0x100;
const SIZE = 0x200;
const FLAGS = 0x400;
const COMPOSITION = 0x800;

export function flagsOf(body: Uint8Array): number {
  return u32(body, 0) & 0xff_ffff;
}

/** How long a `trun` head and one of its entries are. */
export function runLengths(run: Uint8Array): { head: number; entry: number } {
  const has = (flag: number): number => (flagsOf(run) & flag ? 4 : 0);
  return {
    head: 8 + has(DATA_OFFSET) + has(FIRST_FLAGS),
    entry: has(DURATION) + has(SIZE) + has(FLAGS) + has(COMPOSITION),
  };
}

/** The track that a `traf` belongs to. */
export function fragmentTrack(traf: Uint8Array): number {
  const header = bodyAt(traf, 'tfhd');
  if (!header) throw mediaInvalid('A fragment of the film has no head.');
  return u32(header, 4);
}

/**
 * Where in the file the samples of a fragment lie, for the tracks that are kept. `at` is where its `moof` begins;
 * `defaultSizes` are those of `trex`, by track.
 */
export function fragmentData(
  moof: Uint8Array,
  at: number,
  keeps: (track: number) => boolean,
  defaultSizes: ReadonlyMap<number, number>,
): ByteRange[] {
  const ranges: ByteRange[] = [];
  let previousEnd = at;
  for (const { type, body: traf } of boxesIn(moof).boxes) {
    if (type !== 'traf') continue;
    const track = fragmentTrack(traf);
    const header = headerOf(bodyAt(traf, 'tfhd') as Uint8Array);
    const base = header.base ?? (header.fromFragment ? at : previousEnd);
    const size = header.size ?? defaultSizes.get(track) ?? 0;
    let from = base;
    for (const run of boxesIn(traf).boxes) {
      if (run.type !== 'trun') continue;
      if (flagsOf(run.body) & DATA_OFFSET) from = base + (u32(run.body, 8) | 0);
      const to = from + runBytes(run.body, size);
      if (keeps(track)) ranges.push({ from, to });
      from = to;
    }
    previousEnd = from;
  }
  return ranges;
}

function headerOf(body: Uint8Array): { base?: number; size?: number; fromFragment: boolean } {
  const flags = flagsOf(body);
  let next = 8;
  const field = (flag: number, length: number): number | undefined => {
    if (!(flags & flag)) return undefined;
    next += length;
    return next - length;
  };
  const base = field(BASE_OFFSET, 8);
  field(DESCRIPTION, 4);
  field(DEFAULT_DURATION, 4);
  const size = field(DEFAULT_SIZE, 4);
  return {
    ...(base !== undefined && { base: u64(body, base) }),
    ...(size !== undefined && { size: u32(body, size) }),
    fromFragment: (flags & BASE_IS_FRAGMENT) !== 0,
  };
}

function runBytes(run: Uint8Array, defaultSize: number): number {
  const { head, entry } = runLengths(run);
  const count = u32(run, 4);
  if (head + count * entry > run.length) throw mediaInvalid('A table of the film is longer than its box.');
  const flags = flagsOf(run);
  if (!(flags & SIZE)) return count * defaultSize;
  const sizeAt = flags & DURATION ? 4 : 0;
  let bytes = 0;
  for (let sample = 0; sample < count; sample += 1) bytes += u32(run, head + sample * entry + sizeAt);
  return bytes;
}
