import { KeptError } from '../../kernel/keptError.ts';
import type { PackageState, PackageWay } from '../keptPackages.ts';
import { sameText } from '../sameText.ts';
import { countAttempt, demandCalm, forgetOldAttempts, type Mark } from '../staff/attempts.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { missingSentences } from './missingSentences.ts';
import { packageId, type StoredPackage } from './storedPackage.ts';

const LONGEST_TOKEN = 500;

/** A house may share one address, and a link in an old letter is no attack. */
const MOST_WRONG = 50;

/** Where the package of a request can be fetched. */
export async function packageLink(world: World, request: string): Promise<string> {
  return `${world.publicUrl}/package/${await packageToken(world, request)}`;
}

/**
 * What that link ends in. It follows from the request and a secret outside the database, so that a letter
 * written again after a crash carries the same link, and a copy of the database opens none.
 */
async function packageToken(world: World, request: string): Promise<string> {
  return `${request}.${await world.keys.mac('package', `${world.service}\n${request}`)}`;
}

/** Throws PACKAGE_NOT_FOUND whatever the cause, and PACKAGE_REFUSED after too many wrong links from one place. */
export async function packageBy(world: World, way: PackageWay): Promise<StoredPackage> {
  if (!('token' in way)) {
    demandSubject(way.subject);
    const own = await packageNamed(world, way.id);
    if (own?.subject === way.subject) return own;
    throw packageNotFound();
  }
  const now = world.clock.now();
  const mark = typeof way.from === 'string' && way.from !== '' ? markOf(world, way.from) : undefined;
  if (mark) await demandCalm(world, mark, now);
  const found = await tokenOpens(world, way.token);
  if (found) return found;
  if (mark) {
    await countAttempt(world, mark, now);
    await forgetOldAttempts(world, now);
  }
  throw packageNotFound();
}

async function tokenOpens(world: World, token: unknown): Promise<StoredPackage | undefined> {
  if (typeof token !== 'string' || token.length > LONGEST_TOKEN) return undefined;
  const request = token.slice(0, Math.max(0, token.lastIndexOf('.')));
  const isReal = sameText(await packageToken(world, request), token);
  return isReal ? packageNamed(world, packageId(request)) : undefined;
}

async function packageNamed(world: World, id: unknown): Promise<StoredPackage | undefined> {
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_TOKEN) return undefined;
  const found = await world.records.collection<StoredPackage>('packages').get(id);
  return found?.service === world.service ? found : undefined;
}

/** What is told of a package to its person and to staff. */
export function packageState(made: StoredPackage): PackageState {
  const { _id: id, request, right, state, startedAt, readyAt, availableUntil, deliveredAt } = made;
  const parts = made.parts.map(({ sha256, entries, records, files, bytes, sentAt }, index) => {
    return { number: index + 1, sha256, entries, records, files, bytes, ...(sentAt && { sentAt }) };
  });
  const all = made.progress ? [...parts, made.progress] : parts;
  const sum = (pick: (counts: PackageState['parts'][number] | NonNullable<StoredPackage['progress']>) => number) =>
    all.reduce((total, each) => total + pick(each), 0);
  return {
    ...{ id, request, right, state, startedAt },
    ...(readyAt && { readyAt }),
    ...(availableUntil && { availableUntil }),
    ...(deliveredAt && { deliveredAt }),
    entries: sum(({ entries }) => entries),
    records: sum(({ records }) => records),
    files: sum(({ files }) => files),
    bytes: sum(({ bytes }) => bytes),
    parts,
    missing: missingSentences(made.missing),
  };
}

export function packageNotFound(): KeptError {
  return new KeptError('PACKAGE_NOT_FOUND', 'There is no such package', {
    place: 'package',
    remedy: 'Use the newest letter and the whole link, or sign in.',
  });
}

function markOf({ service, crypto }: World, from: string): Mark {
  return {
    id: crypto.sha256(`${service}\npackage\n${from}`),
    most: MOST_WRONG,
    refusal: { code: 'PACKAGE_REFUSED', place: 'package' },
  };
}
