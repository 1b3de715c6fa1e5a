import { sealDocument } from '../../kernel/evidence/signedDocument.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import type { MissingFile, StoredPackage } from './storedPackage.ts';

/** What one part of a package holds, signed: anybody with the public key can check it offline. Instants are ISO 8601. */
export interface PackageManifest {
  readonly format: 'kept-package/1';
  readonly service: string;
  readonly controller: { readonly name: string; readonly contact: string };
  readonly request: {
    readonly id: string;
    readonly right: string;
    readonly regime: string;
    readonly receivedAt: string;
  };
  readonly madeAt: string;
  readonly policy: { readonly pack: string; readonly version: number; readonly hash: string };
  /** Counts from 1. */
  readonly part: number;
  /** No part follows this one. */
  readonly isLast: boolean;
  readonly files: readonly PackedFile[];
  /** What belongs here and could not be put in. */
  readonly missing: readonly MissingFile[];
}

export interface PackedFile {
  readonly name: string;
  readonly type: string;
  /** Of the content, hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Absent where it holds none. */
  readonly records?: number;
}

/** The signed text; for the same part the same, whoever makes it and when. */
export async function packageManifest(
  { service, policy, keys }: World,
  request: StoredRequest,
  { startedAt }: StoredPackage,
  part: Pick<PackageManifest, 'part' | 'isLast' | 'files' | 'missing'>,
): Promise<string> {
  const { name, contact } = policy.controller;
  const { _id: id, right, regime, receivedAt } = request;
  const manifest: PackageManifest = {
    format: 'kept-package/1',
    service,
    controller: { name, contact },
    request: { id, right, regime, receivedAt: receivedAt.toISOString() },
    madeAt: startedAt.toISOString(),
    policy: { pack: policy.pack, version: policy.version, hash: policy.hash },
    ...part,
  };
  const signer = await keys.signer();
  return sealDocument(manifest, signer.keyId, (text) => signer.sign(text));
}
