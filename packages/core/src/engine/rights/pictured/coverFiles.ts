import { KeptError } from '../../../kernel/keptError.ts';
import type { Face } from '../../../kernel/request/picturedDecision.ts';
import type { FileStore } from '../../ports/edges.ts';
import type { FileRef } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { Beat } from '../executor.ts';

/** A picture of a hundred megabytes fits; it is held in memory while its faces are covered. */
const MOST_BYTES = 100 * 1024 * 1024;

/** Where the covered copy lies until the file itself, with all that was made of it, is gone. */
const WAITING = '.covered';

/**
 * Covers the faces in each file, under the file's own name; earlier versions and renditions go. After a crash it goes on from
 * the copy, so that no picture is lost on the way. Answers what could not be done, a sentence each.
 */
export async function coverFiles(world: World, faces: readonly Face[], beat: Beat): Promise<string[]> {
  const missing: string[] = [];
  for (const file of filesOf(faces)) {
    await beat();
    const left = await coverOne(world, file, faces);
    if (left) missing.push(left);
  }
  return missing;
}

/** The files in which these faces are. */
export function filesOf(faces: readonly Face[]): FileRef[] {
  return [...new Map(faces.map(({ store, file }) => [`${store}\n${file}`, { store, key: file }])).values()];
}

async function coverOne(world: World, file: FileRef, faces: readonly Face[]): Promise<string | undefined> {
  const { store, put } = storeOf(world, file);
  const waiting = `${file.key}${WAITING}`;
  if (!(await store.has(waiting))) {
    if (!(await store.has(file.key))) return `A file in ${file.store} was gone before its faces could be covered.`;
    await put(waiting, await coveredCopy(world, file, faces));
  }
  const [removed] = await store.remove([file.key]);
  if (removed && removed.state !== 'gone' && removed.state !== 'absent') {
    await store.remove([waiting]);
    return `A file in ${file.store} could not be replaced: it is ${removed.state}.`;
  }
  await put(file.key, await bytesOf(await store.read(waiting)));
  await store.remove([waiting]);
  return undefined;
}

/** The picture with these faces covered; nothing is stored. Throws BLUR_REFUSED, FILE_NOT_FOUND. */
export async function coveredCopy(world: World, file: FileRef, faces: readonly Face[]): Promise<Uint8Array> {
  const { store } = storeOf(world, file);
  if (!world.blur) throw refused('The host handed over nothing that covers faces');
  if (((await store.size(file.key)) ?? 0) > MOST_BYTES) throw refused('The picture is too large to be covered here');
  const mine = faces.filter((face) => face.store === file.store && face.file === file.key);
  return world.blur.cover(await bytesOf(await store.read(file.key)), mine);
}

function storeOf(world: World, file: FileRef): { store: FileStore; put: NonNullable<FileStore['put']> } {
  const store = world.files[file.store];
  if (!store?.put) throw refused('The store of this file takes none from us');
  return { store, put: store.put.bind(store) };
}

async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  const whole = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

function refused(message: string): KeptError {
  return new KeptError('BLUR_REFUSED', message, { place: 'picture', remedy: 'Take it down, or refuse with a ground.' });
}
