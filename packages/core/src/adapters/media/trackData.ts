import { bodyAt, boxesIn } from './boxes.ts';
import { mediaInvalid } from './mediaFault.ts';
import { code, u8, u16, u32, u64 } from './numbersIn.ts';
import type { ByteRange } from './owedBytes.ts';

/** Handlers whose samples are coded pictures or sound. All others tell something about them: places, times, words. */
const STREAMS = new Set(['vide', 'soun']);

/** Whether the body of a `trak` is one of pictures or sound. */
export function isStream(trak: Uint8Array): boolean {
  const handler = bodyAt(trak, 'mdia', 'hdlr');
  return handler !== undefined && STREAMS.has(code(handler, 8));
}

export function trackId(trak: Uint8Array): number {
  const header = bodyAt(trak, 'tkhd') ?? new Uint8Array(0);
  return u32(header, u8(header, 0) === 1 ? 20 : 12);
}

/** Where in the file the samples of a track lie, by its tables (ISO/IEC 14496-12, 8.7). */
export function trackData(trak: Uint8Array): ByteRange[] {
  const table = bodyAt(trak, 'mdia', 'minf', 'stbl');
  const runs = table && bodyAt(table, 'stsc');
  const offsets = table && chunkOffsets(table);
  if (!table || !runs || !offsets) throw mediaInvalid('A track of the film has no table of its samples.');
  const bytesOf = sampleBytes(table);
  const runCount = within(runs, u32(runs, 4), 12);
  if (runCount === 0 && offsets.length > 0) throw mediaInvalid('A track of the film has no table of its samples.');
  const ranges: ByteRange[] = [];
  let run = 0;
  for (const [index, from] of offsets.entries()) {
    while (run + 1 < runCount && u32(runs, 8 + (run + 1) * 12) <= index + 1) run += 1;
    ranges.push({ from, to: from + bytesOf(u32(runs, 8 + run * 12 + 4)) });
  }
  return ranges;
}

function chunkOffsets(table: Uint8Array): number[] | undefined {
  const short = bodyAt(table, 'stco');
  const long = bodyAt(table, 'co64');
  const body = short ?? long;
  if (!body || (short && long)) return undefined;
  const size = short ? 4 : 8;
  const count = within(body, u32(body, 4), size);
  return Array.from({ length: count }, (_, index) => (short ? u32 : u64)(body, 8 + index * size));
}

/** How many bytes the next so many samples have together, each time it is asked. */
function sampleBytes(table: Uint8Array): (samples: number) => number {
  const sizes = bodyAt(table, 'stsz');
  const compact = bodyAt(table, 'stz2');
  if (sizes && !compact && u32(sizes, 4) > 0) return constantBytes(table, u32(sizes, 4));
  const body = sizes ?? compact;
  if (!body || (sizes && compact)) throw mediaInvalid('A track of the film has no table of its samples.');
  const bits = sizes ? 32 : u8(body, 7);
  const count = within(body, u32(body, 8), bits / 8, 12);
  const sizeOf = (sample: number): number => {
    if (bits === 32) return u32(body, 12 + sample * 4);
    if (bits === 16) return u16(body, 12 + sample * 2);
    const byte = u8(body, 12 + ((sample * bits) >> 3));
    return bits === 8 ? byte : sample % 2 === 0 ? byte >> 4 : byte & 0x0f;
  };
  let sample = 0;
  return (samples) => {
    let bytes = 0;
    for (const end = Math.min(sample + samples, count); sample < end; sample += 1) bytes += sizeOf(sample);
    return bytes;
  };
}

/**
 * Samples of one size. In sound of QuickTime a sample may be one tick of the clock, whose size stands for nothing: then the
 * description says how many bytes a packet of so many ticks has (QuickTime File Format, sound sample descriptions).
 */
function constantBytes(table: Uint8Array, size: number): (samples: number) => number {
  const description = bodyAt(table, 'stsd');
  const times = bodyAt(table, 'stts');
  const ticks = times !== undefined && u32(times, 4) === 1 && u32(times, 12) === 1;
  const entry = ticks && description ? boxesIn(description.subarray(8)).boxes[0]?.body : undefined;
  if (!entry || entry.length < 28) return (samples) => samples * size;
  const perPacket = u16(entry, 8) === 1 ? u32(entry, 28) : 0;
  if (perPacket > 1) return (samples) => Math.ceil(samples / perPacket) * u32(entry, 36);
  const bytes = u16(entry, 8) === 2 ? 0 : (u16(entry, 16) * u16(entry, 18)) / 8;
  return (samples) => samples * (size === 1 ? Math.max(size, bytes) : size);
}

/** The count that a table states; MEDIA_INVALID where it cannot hold so many entries. */
function within(body: Uint8Array, count: number, entryBytes: number, head = 8): number {
  if (head + count * entryBytes > body.length) throw mediaInvalid('A table of the film is longer than its box.');
  return count;
}
