import { isKeptError } from '../../kernel/keptError.ts';
import type { ZipEntry } from '../ports/packaging.ts';
import type { Beat } from '../rights/executor.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import type { PackageEntry, Place } from './packageEntry.ts';
import { type PackedFile, packageManifest } from './packageManifest.ts';
import type { PackageWalk } from './packageWalk.ts';
import type { Counts, MissingFile, StoredPackage } from './storedPackage.ts';

export const MANIFEST = 'manifest.json';

/** Where a part ends: at the first entry with which one of these is reached. */
export interface PartLimit {
  /** Content, in bytes. */
  readonly bytes: number;
  /** An archive's directory and the manifest are held in memory while they grow. */
  readonly entries: number;
}

/** A part while it is made. */
export interface Packing {
  /** Of whole files. */
  readonly counts: Counts;
  /** With what was read of the file that is being read: one may hold a million records. */
  readonly soFar: Counts;
  readonly missing: readonly MissingFile[];
  /** Behind its last entry; absent before the first. */
  readonly place?: Place;
  readonly isLast: boolean;
  /** A file that broke off after its first bytes were in the archive, which is lost with it. */
  readonly broken?: MissingFile;
}

/** The bytes of one part; `packing` tells how far it is, and when they end, what is in it. */
export interface PartStream {
  readonly bytes: AsyncIterable<Uint8Array>;
  packing(): Packing;
}

export function packPart(
  world: World,
  request: StoredRequest,
  made: StoredPackage,
  walk: PackageWalk,
  limit: PartLimit,
  beat: Beat,
): PartStream {
  const files: PackedFile[] = [];
  const names = new Set<string>([MANIFEST]);
  const missing: MissingFile[] = [];
  let counts: Counts = { entries: 0, records: 0, files: 0, bytes: 0 };
  let reading: (() => Pick<Counts, 'records' | 'bytes'>) | undefined;
  let place: Place | undefined;
  let isLast = false;
  let broken: MissingFile | undefined;

  async function* content({ name, type, counts: own }: PackageEntry, opened: Opened): AsyncGenerator<Uint8Array> {
    const digest = world.crypto.digest();
    let bytes = 0;
    reading = () => ({ records: own?.().records ?? 0, bytes });
    try {
      for (let { done, value } = opened.first; !done; { done, value } = await opened.rest.next()) {
        await beat();
        digest.update(value);
        bytes += value.byteLength;
        yield value;
      }
    } catch (error) {
      const why = fileFault(error);
      if (why) broken = { name, why };
      throw error;
    } finally {
      reading = undefined;
      await opened.rest.return?.();
    }
    const { records = 0, files: held = 0 } = own?.() ?? {};
    files.push({ name, type, sha256: digest.hex(), bytes, ...(records > 0 && { records }) });
    counts = {
      entries: counts.entries + 1,
      records: counts.records + records,
      files: counts.files + held,
      bytes: counts.bytes + bytes,
    };
  }

  async function* entries(): AsyncGenerator<ZipEntry> {
    while (counts.bytes < limit.bytes && files.length + missing.length < limit.entries) {
      const entry = await walk.next();
      if (!entry) break;
      await beat();
      demandName(entry.name, names);
      const known = made.broken?.find(({ name }) => name === entry.name);
      const opened = known ?? (await open(entry));
      if ('why' in opened) missing.push(opened);
      else yield { name: entry.name, how: entry.how, content: content(entry, opened) };
      place = entry.place;
    }
    isLast = (await walk.peek()) === undefined;
    const part = { part: made.parts.length + 1, isLast, files, missing };
    const text = await packageManifest(world, request, made, part);
    yield { name: MANIFEST, how: 'deflate', content: only(new TextEncoder().encode(text)) };
  }

  function soFar(): Counts {
    const { records, bytes } = reading?.() ?? { records: 0, bytes: 0 };
    return { ...counts, records: counts.records + records, bytes: counts.bytes + bytes };
  }

  return {
    bytes: world.zip(entries(), made.startedAt),
    packing: () => ({
      ...{ counts, soFar: soFar(), missing, isLast },
      ...(place !== undefined && { place }),
      ...(broken && { broken }),
    }),
  };
}

interface Opened {
  readonly first: IteratorResult<Uint8Array>;
  readonly rest: AsyncIterator<Uint8Array>;
}

/** Reads the first bytes, by which it is known whether the file is there, before anything of it is in the archive. */
async function open(entry: PackageEntry): Promise<Opened | MissingFile> {
  const rest = entry.content[Symbol.asyncIterator]();
  try {
    return { first: await rest.next(), rest };
  } catch (error) {
    const why = fileFault(error);
    if (why) return { name: entry.name, why };
    throw error;
  }
}

/** The code, where it is the file that fails and not what leads to it: that is tried again. */
function fileFault(error: unknown): string | undefined {
  return isKeptError(error) && error.code.startsWith('FILE_') ? error.code : undefined;
}

/** A relative path that no program which unpacks it could take for another place. */
function demandName(name: string, names: Set<string>): void {
  const isPlain = name.length <= 1000 && name.split('/').every((part) => !/^(|\.\.?)$|[\\:\p{Cc}]/u.test(part));
  if (!isPlain || names.has(name)) throw new RangeError('An entry of a package needs a plain name of its own');
  names.add(name);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
