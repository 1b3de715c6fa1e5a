import { createHash, randomBytes } from 'node:crypto';
import { zipOf } from '../packages/core/src/adapters/archive/zipOf.ts';
import { sealStream } from '../packages/core/src/adapters/keys/sealStream.ts';
import type { ZipEntry } from '../packages/core/src/engine/ports/packaging.ts';

const MB = 1024 * 1024;
const KEY = randomBytes(32);
export const DATE: Date = new Date('2026-03-03T08:00:00Z');

const contents = { media, records };
export type Large = keyof typeof contents;

/** Adds the checksum to the pass in which the bytes are read. */
export async function* summed(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of source) {
    hash.update(piece);
    yield piece;
  }
  hash.digest('hex');
}

/** 10 GB, as large as on a disk, and read from none. */
async function* media(): AsyncGenerator<ZipEntry> {
  const piece = randomBytes(MB);
  async function* film(): AsyncGenerator<Uint8Array> {
    for (let n = 0; n < 102; n += 1) yield piece;
  }
  for (let n = 0; n < 100; n += 1) yield { name: `media/${n}.mp4`, how: 'store', content: summed(film()) };
}

/** A million of them, in one file. */
async function* records(): AsyncGenerator<ZipEntry> {
  async function* lines(): AsyncGenerator<Uint8Array> {
    for (let n = 0; n < 1_000_000; n += 1_000) {
      let text = '';
      for (let at = n; at < n + 1_000; at += 1) {
        text += `${JSON.stringify({ id: `${at}`, at: DATE, prompt: `a film about number ${at}`, model: 'sd-2.5' })}\n`;
      }
      yield Buffer.from(text);
    }
  }
  yield { name: 'data/generations.ndjson', how: 'deflate', content: summed(lines()) };
}

/** Runs in a process of its own, so that its memory is nobody else's. */
async function main(what: Large, sealed: boolean): Promise<void> {
  const base = process.memoryUsage.rss();
  const started = performance.now();
  const zip = zipOf(contents[what](), DATE);
  let first: number | undefined;
  let peak = base;
  let bytes = 0;
  for await (const piece of sealed ? sealStream(KEY, zip, 'bench') : zip) {
    first ??= performance.now() - started;
    bytes += piece.length;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const speed = (bytes / MB / ((performance.now() - started) / 1000)).toFixed(0);
  const memory = `RSS at most ${(peak / MB).toFixed(0)} MB, ${(base / MB).toFixed(0)} of them before`;
  process.stdout.write(`  ${speed} MB/s, first byte after ${(first ?? 0).toFixed(1)} ms, ${memory}\n`);
}

if (process.argv[1] === import.meta.filename) await main(process.argv[2] as Large, process.argv[3] === 'sealed');
