import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import sharp from 'sharp';
import { mediaStripper } from '../packages/core/src/adapters/media/mediaStripper.ts';
import { stripMedia } from '../packages/core/src/adapters/media/stripMedia.ts';
import { filmMade } from '../test/media/filmMade.ts';
import { compare } from './ratio.ts';

const MB = 1024 * 1024;
const FILM = 2048;
const PIECE = Buffer.alloc(MB, 7);

/** Cleaning of media, against copying the same bytes; and how much memory a film of 2 GB needs that flows through. */
export async function benchMedia(): Promise<void> {
  const noise = Buffer.alloc(4000 * 3000 * 3);
  for (let at = 0; at < noise.length; at += 1) noise[at] = (at * 7919) >> 5;
  const picture = sharp(noise, { raw: { width: 4000, height: 3000, channels: 3 } }).withMetadata({ orientation: 6 });
  const formats = { jpeg: { quality: 95 }, png: { compressionLevel: 1 }, webp: { quality: 95, effort: 0 } } as const;
  for (const format of Object.keys(formats) as (keyof typeof formats)[]) {
    const bytes = await picture.clone().toFormat(format, formats[format]).toBuffer();
    await compare(`Cleaning a ${format} of ${(bytes.length / MB).toFixed(1)} MB`, 'MB', [
      { name: 'copying it, the limit', run: () => Buffer.from(bytes).length / MB },
      { name: 'stripMedia', run: () => stripMedia(bytes).bytes.length / MB },
    ]);
  }

  let peak = 0;
  const flow = async (...through: readonly NodeJS.ReadWriteStream[]): Promise<number> => {
    let bytes = 0;
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        peak = Math.max(peak, process.memoryUsage.rss());
        done();
      },
    });
    await pipeline([Readable.from(film(), { highWaterMark: 1 }), ...through, sink]);
    return bytes / MB;
  };
  await flow();
  const before = process.memoryUsage.rss();
  await compare(`A film of ${FILM} MB through a stream`, 'MB', [
    { name: 'as it is, the limit', run: () => flow() },
    { name: 'mediaStripper', run: () => flow(mediaStripper('video/mp4')) },
  ]);
  process.stdout.write(`  memory: ${((peak - before) / MB).toFixed(0)} MB more than before, at most\n`);
}

/** A film whose index comes first, and 2 GB that its tables do not refer to, so that every byte is looked at and replaced. */
function* film(): Generator<Buffer> {
  yield filmMade().bytes;
  const head = Buffer.from('0000000000000000', 'hex');
  head.writeUInt32BE(FILM * MB + 8, 0);
  head.write('mdat', 4);
  yield head;
  for (let n = 0; n < FILM; n += 1) yield Buffer.from(PIECE);
}
