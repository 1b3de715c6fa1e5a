import { nodeCrypto } from '../../../packages/core/src/adapters/crypto/nodeCrypto.ts';
import { mongoData } from '../../../packages/core/src/adapters/data/mongoData.ts';
import { lawBook } from '../../../packages/core/src/adapters/policy/lawBook.ts';
import { mongoRecords } from '../../../packages/core/src/adapters/records/mongoRecords.ts';
import { reportPages } from '../../../packages/core/src/adapters/report/reportPages.ts';
import type { PackageContents, PackageEntry, Place } from '../../../packages/core/src/engine/packages/packageEntry.ts';
import type { VerifiedRequest } from '../../../packages/core/src/engine/rights/executor.ts';
import type { World } from '../../../packages/core/src/engine/world.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import type { Scene } from '../../support/scene.ts';

/** As much of a world as a walk through somebody's data needs. */
export function copyingWorld({ db, kept, clock, media, keys }: Scene, policy: Policy = kept.policy): World {
  const world = {
    ...{ service: kept.service, policy, records: mongoRecords(() => db), crypto: nodeCrypto(), clock, keys },
    data: mongoData(
      () => db,
      () => policy,
    ),
    files: { media },
    law: lawBook(),
    reports: reportPages(),
  };
  return world as Partial<World> as World;
}

export function requestOf(subject: string, more: Partial<VerifiedRequest> = {}): VerifiedRequest {
  const received = { receivedAt: new Date('2026-03-03T08:00:00Z'), language: 'en', regime: 'eu-gdpr' };
  return { _id: 'request-1', subject, ...received, ...more } as VerifiedRequest;
}

export interface Packed {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly types: ReadonlyMap<string, string>;
  /** Where the walk stood behind each file, through JSON, as it is stored. */
  readonly places: readonly Place[];
  /** Names of files that could not be read. */
  readonly missing: readonly string[];
  text(name: string): string;
  json<T = unknown>(name: string): T;
}

/** Reads every entry of a package, as whoever packs it does. */
export async function packed(contents: PackageContents, from?: Place): Promise<Packed> {
  const files = new Map<string, Buffer>();
  const types = new Map<string, string>();
  const places: Place[] = [];
  const missing: string[] = [];
  for await (const entry of contents(from)) {
    try {
      files.set(entry.name, await bytesOf(entry));
      types.set(entry.name, entry.type);
    } catch (error) {
      if (!String((error as { code?: string }).code).startsWith('FILE_')) throw error;
      missing.push(entry.name);
    }
    places.push(JSON.parse(JSON.stringify(entry.place)) as Place);
  }
  const text = (name: string): string => {
    const found = files.get(name);
    if (!found) throw new Error(`No ${name} in ${[...files.keys()].join(', ')}`);
    return found.toString('utf8');
  };
  return { files, types, places, missing, text, json: <T>(name: string) => JSON.parse(text(name)) as T };
}

async function bytesOf({ content }: PackageEntry): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Reads a table of RFC 4180 as a spreadsheet does: the first line names the columns. */
export function csvRows(text: string): Record<string, string>[] {
  const lines: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    cells.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === ',') continue;
    lines.push(cells);
    cells = [];
  }
  const [head = [], ...rows] = lines;
  const whole = rows.filter((row) => row.length === head.length);
  return whole.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])));
}
