import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type OpenFault, openDocument, type PackageManifest, verifySignature } from '@kept/core';
import { openPromise, type ZipFile } from 'yauzl';

const MANIFEST = 'manifest.json';

/** Of a manifest: ten thousand files with long names. */
const MOST_BYTES = 64 * 1024 * 1024;

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');

export type PackageVerdict =
  | { readonly ok: true; readonly keyId: string; readonly manifest: PackageManifest }
  | { readonly ok: false; readonly why: OpenFault | 'not-a-zip' | 'no-manifest' | 'not-a-receipt' }
  | { readonly ok: false; readonly why: 'faults'; readonly keyId: string; readonly faults: readonly string[] };

/** Whether a file begins like a ZIP archive. */
export async function isZip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(ZIP.length), 0, ZIP.length, 0);
    return buffer.equals(ZIP);
  } finally {
    await handle.close();
  }
}

/** Compares every file in a part of a package with the signed list inside it. However large it is, little of it is held at once. */
export async function verifyPackage(path: string, keys: Readonly<Record<string, string>>): Promise<PackageVerdict> {
  let read: { found: Found; manifest?: Buffer };
  try {
    read = await readZip(path);
  } catch {
    return { ok: false, why: 'not-a-zip' };
  }
  if (!read.manifest) return { ok: false, why: 'no-manifest' };
  const opened = openDocument<PackageManifest>(read.manifest, keys, verifySignature);
  if (!opened.ok) return { ok: false, why: opened.why };
  const { document, keyId } = opened;
  if (!isPackageManifest(document)) return { ok: false, why: 'not-a-receipt' };
  const faults = differences(document, read.found);
  return faults.length > 0 ? { ok: false, why: 'faults', keyId, faults } : { ok: true, keyId, manifest: document };
}

export function isPackageManifest(document: PackageManifest): boolean {
  return document?.format === 'kept-package/1' && Array.isArray(document.files) && Array.isArray(document.missing);
}

type Found = Map<string, { readonly sha256: string; readonly bytes: number; readonly times: number }>;

async function readZip(path: string): Promise<{ found: Found; manifest?: Buffer }> {
  const zip: ZipFile = await openPromise(path);
  const found: Found = new Map();
  let manifest: Buffer | undefined;
  try {
    for await (const entry of zip.eachEntry()) {
      const keep: Buffer[] = [];
      const isManifest = entry.fileName === MANIFEST;
      if (isManifest && entry.uncompressedSize > MOST_BYTES) throw new RangeError('The manifest is too large');
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const piece of await zip.openReadStreamPromise(entry)) {
        hash.update(piece);
        bytes += piece.length;
        if (isManifest) keep.push(piece);
      }
      const times = (found.get(entry.fileName)?.times ?? 0) + 1;
      found.set(entry.fileName, { sha256: hash.digest('hex'), bytes, times });
      if (isManifest) manifest = Buffer.concat(keep);
    }
  } finally {
    zip.close();
  }
  return { found, ...(manifest && { manifest }) };
}

function differences({ files }: PackageManifest, found: Found): string[] {
  const listed = new Set([MANIFEST, ...files.map(({ name }) => name)]);
  return [
    ...files.flatMap(({ name, sha256, bytes }) => {
      const there = found.get(name);
      if (!there) return [`missing: ${name}`];
      return there.sha256 === sha256 && there.bytes === bytes ? [] : [`changed: ${name}`];
    }),
    ...[...found].flatMap(([name, { times }]) => (times > 1 ? [`twice: ${name}`] : [])),
    ...[...found.keys()].flatMap((name) => (listed.has(name) ? [] : [`added: ${name}`])),
  ];
}
