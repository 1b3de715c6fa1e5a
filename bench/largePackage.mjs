// Runs in a process of its own and on the built code (`npm run build`), so that the memory that it tells is nobody else's:
// taking types out of a source costs 20 MB. Arguments: `media` or `records`, and `sealed` or `open`.
import { createHash, randomBytes } from 'node:crypto';
import { zipOf } from '../packages/core/dist/adapters/archive/zipOf.js';
import { sealStream } from '../packages/core/dist/adapters/keys/sealStream.js';

const MB = 1024 * 1024;
const DATE = new Date('2026-03-03T08:00:00Z');
/** What a sealed stream begins with says nothing of what is in it. */
const HEAD = 33;

const contents = { media, records };

/** Adds the checksum to the pass in which the bytes are read. */
async function* summed(source) {
  const hash = createHash('sha256');
  for await (const piece of source) {
    hash.update(piece);
    yield piece;
  }
  hash.digest('hex');
}

/** 10 GB, as large as on a disk, and read from none. */
async function* media() {
  const piece = randomBytes(MB);
  async function* film() {
    for (let n = 0; n < 102; n += 1) yield piece;
  }
  for (let n = 0; n < 100; n += 1) yield { name: `media/${n}.mp4`, how: 'store', content: summed(film()) };
}

/** A million of them, in one file. */
async function* records() {
  async function* lines() {
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

const [what, seal] = process.argv.slice(2);
const base = process.memoryUsage.rss();
const started = performance.now();
const zip = zipOf(contents[what](), DATE);
let first = 0;
let peak = base;
let bytes = 0;
for await (const piece of seal === 'sealed' ? sealStream(randomBytes(32), zip, 'bench') : zip) {
  bytes += piece.length;
  if (bytes > HEAD) first ||= performance.now() - started;
  peak = Math.max(peak, process.memoryUsage.rss());
}
const speed = (bytes / MB / ((performance.now() - started) / 1000)).toFixed(0);
const memory = `RSS at most ${(peak / MB).toFixed(0)} MB, ${(base / MB).toFixed(0)} of them before`;
process.stdout.write(`  ${speed} MB/s, first byte after ${first.toFixed(1)} ms, ${memory}\n`);
