import { strongestHold } from '../../kernel/retention/strongestHold.ts';
import { event, update } from '../aggregate.ts';
import { raiseFinding, resolveFinding } from '../findings/findings.ts';
import { activeHolds } from '../requests/activeHolds.ts';
import type { FileLeft, Unit } from '../stored.ts';
import type { World } from '../world.ts';
import { type FilesLeft, noteLeft, sentencesOf, unitsWithFilesLeft } from './filesLeft.ts';
import { removeFiles, retryAt } from './removeFiles.ts';

/**
 * Tries again what stores did not let go, once its time has come, and tells staff what is left of it. What a hold reaches by
 * now waits.
 */
export async function retryFiles(world: World, now: Date): Promise<void> {
  const holds = await activeHolds(world, now);
  const left: FilesLeft = new Map(world.policy.inventory.files.map(({ name }) => [name, new Map()]));
  for await (const unit of unitsWithFilesLeft(world)) {
    const waits = (unit.retryAt ?? now) > now || strongestHold(holds, unit.collection, unit.subject, now);
    noteLeft(world, left, (waits ? unit : await retryUnit(world, unit, now)).filesLeft);
  }
  for (const store of left.keys()) await tell(world, store, sentencesOf(left, store), now);
}

async function retryUnit(world: World, unit: Unit, now: Date): Promise<Unit> {
  const { run, collection, filesLeft = [] } = unit;
  const shared = await world.data.stillReferenced(filesLeft);
  const isShared = (file: FileLeft): boolean =>
    shared.some(({ store, key }) => store === file.store && key === file.key);
  const left = await removeFiles(
    world,
    filesLeft.filter((file) => !isShared(file)),
  );
  const files = filesLeft.length - shared.length - left.length;

  return update<Unit>(world, 'units', unit._id, ({ filesLeft: before, retryAt: _, ...rest }) => {
    if (!before) return undefined;
    const document = {
      ...rest,
      filesDone: rest.filesDone + files,
      filesShared: rest.filesShared + shared.length,
      ...(left.length > 0 && { filesLeft: left, retryAt: retryAt(left, now) }),
    };
    const told = event(world, 'FilesRemoved', now, { run, collection, files, filesLeft: left.length });
    return { document, events: files > 0 ? [told] : [] };
  });
}

async function tell(world: World, store: string, sentences: readonly string[], now: Date): Promise<void> {
  if (sentences.length === 0) return resolveFinding(world, 'FILES_LEFT', store, now);
  const text = `The records are gone, these files are not: ${sentences.join('; ')}. Each sweep tries again.`;
  await raiseFinding(world, { code: 'FILES_LEFT', about: store, severity: 'error', text, place: store }, now);
}
