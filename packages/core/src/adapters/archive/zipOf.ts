import { once } from 'node:events';
import { Readable } from 'node:stream';
import { ZipArchive } from 'archiver';
import type { Zip, ZipEntry } from '../../engine/ports/packaging.ts';

/** How much of an entry is read ahead; what `pieces` of that size cost in time is measured by `bench/packages`. */
const AHEAD = 1024 * 1024;

/** ZIP archives by archiver, with ZIP64 where they need it. Whoever stops reading ends the entry that is being read. */
export const zipOf: Zip = async function* (entries, date) {
  const archive = new ZipArchive({ highWaterMark: AHEAD, zlib: { level: 6 } });
  const ended = new AbortController();
  const filled = fill(archive, entries, date, ended.signal).catch((error: unknown) => {
    archive.destroy(error as Error);
    throw error;
  });
  filled.catch(() => undefined);
  try {
    yield* archive as AsyncIterable<Uint8Array>;
    await filled;
  } catch (error) {
    // What an entry threw, and not what the archive makes of it.
    await filled;
    throw error;
  } finally {
    ended.abort();
    archive.destroy();
  }
};

async function fill(
  archive: ZipArchive,
  entries: AsyncIterable<ZipEntry>,
  date: Date,
  ended: AbortSignal,
): Promise<void> {
  for await (const { name, how, content } of entries) {
    const source = Readable.from(content, { objectMode: false, highWaterMark: AHEAD, signal: ended });
    const failed = once(source, 'error').then(([error]) => Promise.reject(error));
    const packed = once(archive, 'entry', { signal: ended });
    archive.append(source, { name, date, store: how === 'store' });
    await Promise.race([packed, failed]);
  }
  await archive.finalize();
}
