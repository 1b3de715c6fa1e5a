import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { mongo } from 'mongoose';
import { KeptError } from '../../kernel/keptError.ts';
import { systemClock } from '../clock/systemClock.ts';
import { databaseOf } from '../data/databaseOf.ts';
import { requireDatabaseTls } from '../data/requireDatabaseTls.ts';
import { fileNotFound } from './fileNotFound.ts';
import { inPieces } from './inPieces.ts';
import { requireEncryption } from './requireEncryption.ts';
import { isSafeKey, safeKey } from './safeKey.ts';
import type { FilesOptions, WritableFiles } from './writableFiles.ts';

const CHUNK_BYTES = 255 * 1024;
/** Chunks that are written or read at once: about four megabytes. */
const AT_ONCE = 16;
const UNAUTHORIZED = 13;

/** Those of others are mostly ObjectIds. */
type FileId = mongo.ObjectId | string;

interface GridFile {
  readonly _id: FileId;
  readonly filename: string;
  readonly length: number;
  readonly chunkSize: number;
  readonly uploadDate: Date;
}

interface Chunk {
  readonly files_id: FileId;
  readonly n: number;
  readonly data: mongo.Binary;
}

/**
 * Files in MongoDB, as GridFS lays them out (`<bucket>.files`, `<bucket>.chunks`), whoever wrote them; a key is the file's
 * name. Its newest revision is the file, and all of them go. Throws FILES_NOT_ENCRYPTED in production where the database is
 * not declared encrypted at rest, DATABASE_NOT_ENCRYPTED without TLS to it, DATABASE_MISSING before it is open.
 */
export function gridFsFiles(
  connection: { db?: unknown; getClient?: () => unknown },
  { bucket = 'fs', encrypted = false, derived = [] }: FilesOptions & { readonly bucket?: string } = {},
): WritableFiles {
  requireEncryption('gridfs', encrypted);
  requireDatabaseTls(connection);

  const files = () => databaseOf(connection, 'gridFsFiles').collection<GridFile>(`${bucket}.files`);
  const chunks = () => databaseOf(connection, 'gridFsFiles').collection<Chunk>(`${bucket}.chunks`);
  const newest = (key: string) => files().findOne({ filename: safeKey(key) }, { sort: { uploadDate: -1, _id: -1 } });

  let prepared: Promise<unknown> | undefined;
  const prepare = (): Promise<unknown> => {
    prepared ??= Promise.all([
      files().createIndex({ filename: 1, uploadDate: 1 }),
      chunks().createIndex({ files_id: 1, n: 1 }, { unique: true }),
    ]);
    return prepared;
  };

  /** Chunks before what leads to them, so that a removal that breaks off is found again. */
  const removeThese = async (found: readonly Pick<GridFile, '_id'>[]): Promise<void> => {
    const ids = found.map(({ _id }) => _id);
    if (ids.length === 0) return;
    await chunks().deleteMany({ files_id: { $in: ids } });
    await files().deleteMany({ _id: { $in: ids } });
  };

  const readFrom = async (key: string, at: number) => {
    const file = await newest(key);
    if (!file) throw fileNotFound();
    return Readable.from(bytesOf(chunks(), file, at), { objectMode: false });
  };

  return {
    kind: 'gridfs',
    encrypted,
    has: async (key) => (await newest(key)) !== null,
    size: async (key) => (await newest(key))?.length,

    async put(key, content) {
      const filename = safeKey(key);
      await prepare();
      const _id = randomUUID();
      // What breaks off is found by the name that it would have had.
      const draft = {
        _id,
        filename: draftOf(filename),
        length: 0,
        chunkSize: CHUNK_BYTES,
        uploadDate: systemClock.now(),
      };
      await files().insertOne(draft);
      let length = 0;
      try {
        let batch: { files_id: string; n: number; data: Buffer }[] = [];
        const flush = async (): Promise<void> => {
          if (batch.length > 0) await chunks().insertMany(batch as unknown as Chunk[]);
          batch = [];
        };
        let n = 0;
        for await (const data of inPieces(content, CHUNK_BYTES)) {
          batch.push({ files_id: _id, n, data });
          n += 1;
          length += data.byteLength;
          if (batch.length === AT_ONCE) await flush();
        }
        await flush();
      } catch (error) {
        await removeThese([draft]);
        throw error;
      }
      const uploadDate = systemClock.now();
      const whole = await files().updateOne({ _id }, { $set: { filename, length, uploadDate } });
      if (whole.matchedCount === 0) {
        await chunks().deleteMany({ files_id: _id });
        throw removedMeanwhile();
      }
      // Of two that write at once the newer stays, whoever ends first.
      const older = { $or: [{ uploadDate: { $lt: uploadDate } }, { uploadDate, _id: { $lt: _id } }] };
      await removeThese(
        await files()
          .find({ filename, ...older })
          .toArray(),
      );
      return length;
    },

    read: (key) => readFrom(key, 0),
    readFrom,

    async remove(keys) {
      const sound = keys.filter(isSafeKey);
      const names = [...new Set(sound.flatMap((key) => [key, ...derived.map((suffix) => `${key}.${suffix}`)]))];
      try {
        const found = await files()
          .find({ filename: { $in: [...names, ...names.map(draftOf)] } })
          .toArray();
        await removeThese(found);
        const there = new Set(found.map(({ filename }) => filename));
        return keys.map((key) => {
          if (!isSafeKey(key)) return { key, state: 'failed', code: 'FILE_KEY_INVALID' };
          return { key, state: there.has(key) ? 'gone' : 'absent' };
        });
      } catch (error) {
        if ((error as { code?: unknown }).code !== UNAUTHORIZED) throw error;
        return keys.map((key) => ({ key, state: 'denied', code: 'Unauthorized' }));
      }
    },
  };
}

/** The name of a file that is still being written: no key, so that nobody takes it for a file. */
function draftOf(filename: string): string {
  return `${filename}\n`;
}

function removedMeanwhile(): KeptError {
  return new KeptError('FILE_CONFLICT', 'The file was removed while it was being written.', {
    place: 'files',
    remedy: 'Write it again, if it is still wanted.',
  });
}

async function* bytesOf(
  chunks: mongo.Collection<Chunk>,
  { _id, length, chunkSize }: GridFile,
  at: number,
): AsyncGenerator<Uint8Array> {
  let next = Math.floor(at / chunkSize);
  let read = next * chunkSize;
  const found = chunks.find({ files_id: _id, n: { $gte: next } }, { batchSize: AT_ONCE }).sort({ n: 1 });
  for await (const { n, data } of found) {
    if (n !== next) break;
    const bytes = data.buffer.subarray(0, data.position);
    yield bytes.subarray(Math.max(0, at - read));
    next += 1;
    read += bytes.byteLength;
  }
  if (read === length) return;
  throw new KeptError('FILE_BROKEN', 'A part of the file is missing.', {
    place: 'files',
    remedy: 'It is being removed, or was written by something that broke off.',
  });
}
