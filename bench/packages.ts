import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipOf } from '../packages/core/src/adapters/archive/zipOf.ts';
import { sealStream } from '../packages/core/src/adapters/keys/sealStream.ts';
import type { ZipEntry } from '../packages/core/src/engine/ports/packaging.ts';
import { compare } from './ratio.ts';

const MB = 1024 * 1024;
const FILMS = 16;
const FILM = 32;
const DATE = new Date('2026-03-03T08:00:00Z');

/** Packing media on a disk with checksums, against `zip -0` of the same files; then memory and first byte of what is large. */
export async function benchPackages(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kept-bench-packages-'));
  try {
    const files = Array.from({ length: FILMS }, (_, n) => join(folder, `${n}.mp4`));
    for (const file of files) await writeFile(file, randomBytes(FILM * MB));
    const hasZip = spawnSync('zip', ['-v'], { stdio: 'ignore' }).status === 0;
    if (!hasZip) process.stdout.write('\n  There is no zip to compare with: apt-get install zip.\n');
    const zip = { name: 'zip -0', run: () => zipped(folder) };
    await compare(`Packing ${FILMS * FILM} MB of media from the disk`, 'MB', [
      ...(hasZip ? [zip] : []),
      { name: 'reading and SHA-256 alone, the limit', run: () => drain(hashed(files)) },
      { name: 'package with checksums', run: () => drain(zipOf(films(files), DATE)) },
      { name: 'the same, sealed', run: () => drain(sealStream(randomBytes(32), zipOf(films(files), DATE), 'bench')) },
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
  large('A package of 10 GB of media', 'media');
  large('A package of a million records', 'records');
}

function large(title: string, what: 'media' | 'records'): void {
  for (const seal of ['open', 'sealed']) {
    process.stdout.write(`\n${title}, ${seal}\n`);
    const file = new URL('./largePackage.mjs', import.meta.url).pathname;
    spawnSync(process.execPath, [file, what, seal], { stdio: ['ignore', 'inherit', 'inherit'] });
  }
}

function zipped(folder: string): number {
  const { status } = spawnSync('sh', ['-c', 'zip -0 -q - *.mp4 > /dev/null'], { cwd: folder });
  if (status !== 0) throw new Error(`zip ended with ${status}`);
  return FILMS * FILM;
}

async function drain(source: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of source) bytes += piece.length;
  return bytes / MB;
}

async function* hashed(files: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const file of files) yield* read(file);
}

async function* films(files: readonly string[]): AsyncGenerator<ZipEntry> {
  for (const [n, file] of files.entries()) yield { name: `media/${n}.mp4`, how: 'store', content: read(file) };
}

/** With the checksum in the pass in which the bytes are read. */
async function* read(file: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: MB })) {
    hash.update(piece);
    yield piece;
  }
  hash.digest('hex');
}
