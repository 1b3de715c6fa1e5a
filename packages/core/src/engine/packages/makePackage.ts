import { event, fresh } from '../aggregate.ts';
import type { Beat, Ended, RunningRequest } from '../rights/executor.ts';
import type { World } from '../world.ts';
import { beginAttempt, endedAttempt, whileMaking } from './attempts.ts';
import { missingSentences } from './missingSentences.ts';
import type { PackageContents } from './packageEntry.ts';
import { packageWalk } from './packageWalk.ts';
import { type Packing, type PartLimit, packPart } from './packPart.ts';
import {
  aboutPart,
  keyIdOf,
  type MissingFile,
  PACKAGE_DAYS,
  packageId,
  partKey,
  type StoredPackage,
} from './storedPackage.ts';

/** Small enough for any file system and for a download that breaks off and begins again. */
const PART_LIMIT: PartLimit = { bytes: 2 * 1024 ** 3, entries: 10_000 };

const PROGRESS_MS = 10_000;
const DAY_MS = 86_400_000;

/**
 * Makes the package of a request, part by part; each part is stored with the place where the next one begins, so that a run
 * that died goes on with the part it was in. Of two workers at one part the first that ends it counts, and the other goes on
 * behind it or is told that it lost its lease. What cannot be read of the person's files is named in the manifest of its
 * part, and counted in what this answers. The package is sealed under a key of its own.
 */
export async function makePackage(
  world: World,
  request: RunningRequest,
  contents: PackageContents,
  beat: Beat,
  limit: PartLimit = PART_LIMIT,
): Promise<Ended> {
  let made = await begin(world, request);
  while (made.state === 'making') {
    const walk = packageWalk(contents(made.place));
    try {
      let goesOn = true;
      while (goesOn && made.state === 'making') {
        ({ made, goesOn } = await nextPart(world, request, made, walk, beat, limit));
      }
    } finally {
      await walk.end();
    }
  }
  const by = made.availableUntil;
  return { missing: missingSentences(made.missing), ...(by && { also: { handedOver: { by } } }) };
}

async function begin(world: World, { _id, subject, right }: RunningRequest): Promise<StoredPackage> {
  const packages = world.records.collection<StoredPackage>('packages');
  const id = packageId(_id);
  const there = await packages.get(id);
  if (there) return there;
  const now = world.clock.now();
  await packages.insert({
    ...fresh(world, id, [event(world, 'PackageBegun', now, { request: _id })]),
    ...{ request: _id, subject, right },
    state: 'making',
    startedAt: now,
    parts: [],
    missing: {},
  });
  return (await packages.get(id)) as StoredPackage;
}

interface Step {
  readonly made: StoredPackage;
  /** The walk stands where the next part begins. */
  readonly goesOn: boolean;
}

/** The package with one part more, whoever made it, or with one file more that is known to be broken. */
async function nextPart(
  world: World,
  request: RunningRequest,
  before: StoredPackage,
  walk: ReturnType<typeof packageWalk>,
  beat: Beat,
  limit: PartLimit,
): Promise<Step> {
  const { made, attempt } = await beginAttempt(world, before);
  if (!attempt) return { made, goesOn: false };
  const number = attempt.part;
  const stored = partKey(made._id, number, attempt.name);
  const key = await world.keys.create(keyIdOf(made._id));
  const part = packPart(
    world,
    request,
    made,
    walk,
    limit,
    withProgress(world, made, beat, () => part.packing()),
  );
  const digest = world.crypto.digest();
  let bytes = 0;
  async function* summed(): AsyncGenerator<Uint8Array> {
    for await (const piece of part.bytes) {
      digest.update(piece);
      bytes += piece.byteLength;
      yield piece;
    }
  }
  try {
    const sealed = world.crypto.sealStream(key, summed(), aboutPart(made._id, number, attempt.name));
    await world.packages.put(stored, sealed);
  } catch (error) {
    const { broken } = part.packing();
    if (!broken) throw error;
    const named = await whileMaking(world, made._id, number, (newest) => ({
      document: { ...endedAttempt(newest, attempt), broken: [...(newest.broken ?? []), broken] },
    }));
    return { made: named, goesOn: false };
  }

  await beat({ now: true }).catch(async (error: unknown) => {
    // A store may take long over the last bytes. What it took too late counts for nothing.
    await world.packages.remove([stored]);
    throw error;
  });
  const { counts, missing, place, isLast } = part.packing();
  const now = world.clock.now();
  const next = await whileMaking(world, made._id, number, (newest) => {
    const { progress: _, broken: _broken, ...rest } = endedAttempt(newest, attempt);
    const one = { ...counts, attempt: attempt.name, bytes, sha256: digest.hex(), downloads: 0, reached: 0 };
    const document: StoredPackage = {
      ...rest,
      ...(place !== undefined && { place }),
      parts: [...newest.parts, one],
      missing: counted(newest.missing, missing),
      ...(isLast && {
        state: 'ready',
        readyAt: now,
        availableUntil: new Date(now.getTime() + PACKAGE_DAYS * DAY_MS),
      }),
    };
    const told = { part: number, sha256: one.sha256, entries: one.entries, records: one.records, bytes };
    const events = [event(world, 'PackagePartMade', now, told)];
    if (isLast) events.push(event(world, 'PackageReady', now, { parts: number, missing: document.missing }));
    return { document, events };
  });
  return { made: next, goesOn: next.parts[number - 1]?.attempt === attempt.name };
}

function counted(before: StoredPackage['missing'], more: readonly MissingFile[]): StoredPackage['missing'] {
  const counts = { ...before };
  for (const { why } of more) counts[why] = (counts[why] ?? 0) + 1;
  return counts;
}

/** The beat, and now and then a word on how far the part is, for those who ask. */
function withProgress(world: World, made: StoredPackage, beat: Beat, packing: () => Packing): Beat {
  let told = world.clock.now();
  return async (options) => {
    await beat(options);
    const now = world.clock.now();
    if (now.getTime() - told.getTime() < PROGRESS_MS) return;
    told = now;
    const progress = packing().soFar;
    await whileMaking(world, made._id, made.parts.length + 1, (newest) => ({ document: { ...newest, progress } }));
  };
}
