import { isKeptError, KeptError } from '../../kernel/keptError.ts';
import { event, update } from '../aggregate.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { PackageWay, PartDownload } from '../keptPackages.ts';
import type { PackageStore } from '../ports/packaging.ts';
import type { World } from '../world.ts';
import { deliveryReceipt } from './deliveryReceipt.ts';
import { noteHandedOver } from './noteHandedOver.ts';
import { packageBy, packageNotFound } from './openPackage.ts';
import { aboutPart, keyIdOf, type PackagePart, partKey, type StoredPackage } from './storedPackage.ts';

/** Of one part: enough for a bad line, too little for handing it out to everybody. */
const MOST_DOWNLOADS = 50;

export type Road = 'link' | 'account';

/** Notes that a person asks for a part: programs that look at links press no buttons. */
export async function askForPart(world: World, way: PackageWay, number: number): Promise<void> {
  const now = world.clock.now();
  const made = await packageBy(world, way);
  demandPart(made, number, now);
  await update<StoredPackage>(world, 'packages', made._id, (newest) =>
    newest.parts[number - 1]?.askedAt
      ? undefined
      : {
          document: withPart(newest, number, { askedAt: now }),
          events: [event(world, 'PackageAskedFor', now, { part: number, road: roadOf(way) })],
        },
  );
}

/** The bytes of a part, opened while they are read. That it was begun is on record before its first byte leaves. */
export async function downloadPart(world: World, way: PackageWay, number: number, from = 0): Promise<PartDownload> {
  const now = world.clock.now();
  const made = await packageBy(world, way);
  const { sha256, bytes, askedAt, downloads, attempt } = demandPart(made, number, now);
  if (!askedAt) throw notAskedFor();
  if (downloads >= MOST_DOWNLOADS) throw tooMany();
  if (!Number.isInteger(from) || from < 0 || from >= bytes) throw outOfRange();
  const key = await world.keys.get(keyIdOf(made._id));
  if (!key) throw over();

  const road = roadOf(way);
  await update<StoredPackage>(world, 'packages', made._id, (newest) => ({
    document: withPart(newest, number, { downloads: (newest.parts[number - 1]?.downloads ?? 0) + 1 }),
    events: [event(world, 'PackageDownloadBegun', now, { part: number, from, road })],
  }));
  return {
    name: `${world.service}-${made.right}${made.parts.length > 1 ? `-${number}-of-${made.parts.length}` : ''}.zip`,
    ...{ sha256, bytes, from },
    content: opened(world, made._id, { number, attempt }, key, from),
    ended: (reached) => noteReached(world, made._id, number, { from, reached, road }),
  };
}

/** What was sent without a gap counts: a download that goes on where another broke off goes on from what that one sent. */
async function noteReached(
  world: World,
  id: string,
  number: number,
  { from, reached, road }: { from: number; reached: number; road: Road },
): Promise<void> {
  const now = world.clock.now();
  const signer = await world.keys.signer();
  const noted = await update<StoredPackage>(world, 'packages', id, (newest) => {
    const part = newest.parts[number - 1];
    if (!part || newest.state !== 'ready') return undefined;
    const to = from <= part.reached ? Math.max(part.reached, Math.min(reached, part.bytes)) : part.reached;
    const isSent = to === part.bytes;
    const next = withPart(newest, number, { reached: to, ...(isSent && !part.sentAt && { sentAt: now }) });
    const events = [event(world, 'PackageDownloadEnded', now, { part: number, from, reached, road })];
    if (newest.deliveredAt || next.parts.some(({ sentAt }) => !sentAt)) return { document: next, events };

    const receipt = deliveryReceipt(world, { ...next, deliveredAt: now }, road, signer);
    events.push(event(world, 'PackageDelivered', now, { road, receipt: world.crypto.sha256(receipt) }));
    return { document: { ...next, deliveredAt: now, receipt }, events };
  });
  await noteHandedOver(world, noted);
}

function withPart(made: StoredPackage, number: number, change: Partial<PackagePart>): StoredPackage {
  return { ...made, parts: made.parts.map((part, index) => (index === number - 1 ? { ...part, ...change } : part)) };
}

function demandPart(made: StoredPackage, number: number, now: Date): PackagePart {
  const part = made.parts[number - 1];
  if (made.state === 'making' || !part) throw packageNotFound();
  if (made.state === 'expired' || !made.availableUntil || made.availableUntil <= now) throw over();
  return part;
}

/** What is stored, opened while it is read. What it throws is a finding, too: somebody waits for a part that is broken. */
async function* opened(
  world: World,
  id: string,
  { number, attempt }: { readonly number: number; readonly attempt: string },
  key: Uint8Array,
  from: number,
): AsyncGenerator<Uint8Array> {
  const stored = partKey(id, number, attempt);
  const sealedFrom = (at: number): AsyncIterable<Uint8Array> => storedFrom(world.packages, stored, at);
  try {
    yield* world.crypto.unsealFrom(key, sealedFrom, aboutPart(id, number, attempt), from);
  } catch (error) {
    const code = isKeptError(error) ? error.code : 'Error';
    const text = `A package that waits to be fetched cannot be read (${code}): make it anew, its person is waiting for it.`;
    const finding = { code: 'PACKAGE_BROKEN', about: id, severity: 'error', text, place: id } as const;
    await raiseFinding(world, finding, world.clock.now());
    throw error;
  }
}

async function* storedFrom(store: PackageStore, key: string, at: number): AsyncGenerator<Uint8Array> {
  if (at > 0 && store.readFrom) return yield* await store.readFrom(key, at);
  let skip = at;
  for await (const piece of await store.read(key)) {
    if (piece.byteLength > skip) yield piece.subarray(skip);
    skip = Math.max(0, skip - piece.byteLength);
  }
}

function roadOf(way: PackageWay): Road {
  return 'token' in way ? 'link' : 'account';
}

function over(): KeptError {
  return new KeptError('PACKAGE_CLOSED', 'This package is over', {
    place: 'package',
    remedy: 'Ask us for your data again.',
  });
}

function notAskedFor(): KeptError {
  return new KeptError('PACKAGE_CONFLICT', 'Nobody asked for this part yet', {
    place: 'package',
    remedy: 'Press the button on the page of the package.',
  });
}

function tooMany(): KeptError {
  return new KeptError('PACKAGE_REFUSED', 'This part was downloaded too often', {
    place: 'package',
    remedy: 'Write to us, and we make it anew.',
  });
}

function outOfRange(): KeptError {
  return new KeptError('RANGE_INVALID', 'The part has no such bytes', {
    place: 'package',
    remedy: 'Begin the download again.',
  });
}
