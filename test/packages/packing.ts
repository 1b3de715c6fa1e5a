import { createHash } from 'node:crypto';
import { fromBuffer, type ZipFile } from 'yauzl';
import { zipOf } from '../../packages/core/src/adapters/archive/zipOf.ts';
import type { WritableFiles } from '../../packages/core/src/adapters/files/writableFiles.ts';
import { unsealStream } from '../../packages/core/src/adapters/keys/sealStream.ts';
import type { PackageContents, PackageEntry } from '../../packages/core/src/engine/packages/packageEntry.ts';
import {
  aboutPart,
  keyIdOf,
  packageId,
  partKey,
  type StoredPackage,
} from '../../packages/core/src/engine/packages/storedPackage.ts';
import type { RunningRequest } from '../../packages/core/src/engine/rights/executor.ts';
import type { World } from '../../packages/core/src/engine/world.ts';
import { KeptError } from '../../packages/core/src/kernel/keptError.ts';
import { worldOf } from '../engine/worldOf.ts';
import { type Scene, START } from '../support/scene.ts';

export const LATER = { bytes: 2_000, entries: 100 };

/** The scene's world, with all that a package needs. */
export function packingWorld(the: Scene, packages: WritableFiles): World {
  return { ...worldOf(the), keys: the.keys, packages, zip: zipOf };
}

/** A request for access that is being carried out. */
export async function aRequest(the: Scene, id: string, subject = 'ann'): Promise<RunningRequest> {
  const request = {
    _id: id,
    service: the.kept.service,
    schema: 1,
    version: 0,
    pending: [],
    right: 'access',
    regime: 'eu-gdpr',
    channel: 'app',
    receivedAt: START,
    status: 'running',
    startedAt: START,
    subject,
    identity: { how: 'link', at: START },
    requester: { address: 'ann@example.org' },
    about: { subject, address: 'ann@example.org' },
    ticket: `ticket-${id}`,
    language: 'en',
    dueOn: '2026-04-01',
    reminded: [],
  };
  await the.db.collection('kept_requests').insertOne(request as never);
  return request as unknown as RunningRequest;
}

export interface Wanted {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly records?: number;
  /** Missing at once, or breaking off after its first bytes. */
  readonly fault?: 'missing' | 'breaks';
}

/** Contents that can be walked from any place, as those of a person are. */
export function contentsOf(wanted: readonly Wanted[]): PackageContents {
  return async function* (from) {
    const start = from === undefined ? 0 : Number(from);
    for (const [index, one] of wanted.entries()) {
      if (index >= start) yield entryOf(one, index + 1);
    }
  };
}

function entryOf({ name, bytes, records = 0, fault }: Wanted, place: number): PackageEntry {
  async function* content(): AsyncGenerator<Uint8Array> {
    if (fault === 'missing')
      throw new KeptError('FILE_NOT_FOUND', 'There is no such file.', { place: 'files', remedy: '' });
    for (let at = 0; at < bytes.length; at += 1000) {
      yield bytes.subarray(at, at + 1000);
      if (fault === 'breaks') throw new KeptError('FILE_BROKEN', 'A part is missing.', { place: 'files', remedy: '' });
    }
  }
  const isMedia = records === 0;
  return {
    name,
    type: isMedia ? 'video/mp4' : 'application/x-ndjson',
    how: isMedia ? 'store' : 'deflate',
    content: content(),
    place,
    counts: () => ({ records, files: isMedia ? 1 : 0 }),
  };
}

export async function whole(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(Uint8Array.from(piece));
  return Buffer.concat(pieces);
}

export async function packageOf(the: Scene, request: string): Promise<StoredPackage> {
  const made = await the.db.collection<StoredPackage>('kept_packages').findOne({ _id: packageId(request) });
  if (!made) throw new Error('There is no package');
  return made;
}

/** Under which key the part lies that counts. */
export async function storedPart(the: Scene, request: string, number: number): Promise<string> {
  const { _id, parts } = await packageOf(the, request);
  return partKey(_id, number, parts[number - 1]?.attempt ?? '');
}

/** A part as its person gets it, opened with the key of its package. */
export async function partOf(the: Scene, packages: WritableFiles, request: string, number: number): Promise<Buffer> {
  const { _id: id, parts } = await packageOf(the, request);
  const attempt = parts[number - 1]?.attempt ?? '';
  const key = (await the.keys.get(keyIdOf(id))) ?? Buffer.alloc(32);
  return whole(unsealStream(key, await packages.read(partKey(id, number, attempt)), aboutPart(id, number, attempt)));
}

/** A store that tells what lies in it. */
export function watched(store: WritableFiles): { readonly store: WritableFiles; there(): Promise<string[]> } {
  const asked = new Set<string>();
  return {
    store: {
      ...store,
      put(key, content) {
        asked.add(key);
        return store.put(key, content);
      },
    },
    async there() {
      const found: string[] = [];
      for (const key of asked) if (await store.has(key)) found.push(key);
      return found;
    },
  };
}

export interface Unzipped {
  readonly method: number;
  readonly bytes: Buffer;
}

/** What somebody else's ZIP reader finds. */
export async function unzip(zip: Buffer): Promise<Map<string, Unzipped>> {
  const file = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(zip, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  const found = new Map<string, Unzipped>();
  return new Promise((resolve, reject) => {
    file.on('error', reject);
    file.on('end', () => resolve(found));
    file.on('entry', (entry) => {
      file.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        whole(stream).then((bytes) => {
          found.set(entry.fileName, { method: entry.compressionMethod, bytes });
          file.readEntry();
        }, reject);
      });
    });
    file.readEntry();
  });
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
