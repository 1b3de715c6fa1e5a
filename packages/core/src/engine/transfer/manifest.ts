import { sealDocument } from '../../kernel/evidence/signedDocument.ts';
import type { StaffMember } from '../stored.ts';
import type { World } from '../world.ts';
import type { BusinessTransfer, LeftOut, TransferFile } from './businessTransfer.ts';

/** What a successor received, and what not, signed: anybody with the public key can check it offline. Instants are ISO 8601. */
export interface TransferManifest {
  readonly format: 'kept-transfer/1';
  readonly service: string;
  readonly controller: { readonly name: string; readonly contact: string };
  readonly transfer: string;
  readonly successor: string;
  readonly reference: string;
  readonly policy: { readonly pack: string; readonly version: number; readonly hash: string };
  /** The counts that were signed for; those of the run differ by who objected, joined or left since. */
  readonly preview: { readonly hash: string; readonly at: string };
  /** Staff by role and id, never by name. */
  readonly approvals: readonly { readonly role: string; readonly staff: string; readonly at: string }[];
  readonly objectBy: string;
  readonly startedAt: string;
  readonly categories: readonly string[];
  readonly people: number;
  readonly leftOut: LeftOut;
  readonly files: readonly TransferFile[];
}

/** The signed text; the same for the same run, whoever ends it. */
export async function manifestOf(world: World, transfer: BusinessTransfer): Promise<string> {
  const { policy } = world;
  const { preview, run, objectBy, signatures } = transfer;
  if (!run || !objectBy) throw new RangeError('Only a transfer that ran has a manifest');
  const { name, contact } = policy.controller;
  const roles = await world.records
    .collection<StaffMember>('staff')
    .find({ service: world.service, _id: { in: signatures.map(({ by }) => by) } });
  const manifest: TransferManifest = {
    format: 'kept-transfer/1',
    service: world.service,
    controller: { name, contact },
    transfer: transfer._id,
    successor: transfer.successor,
    reference: transfer.reference,
    policy: { pack: policy.pack, version: policy.version, hash: policy.hash },
    preview: { hash: preview.hash, at: preview.at.toISOString() },
    approvals: signatures.map(({ by, at }) => ({
      role: roles.find(({ _id }) => _id === by)?.role ?? 'unknown',
      staff: by,
      at: at.toISOString(),
    })),
    objectBy: objectBy.toISOString(),
    startedAt: run.startedAt.toISOString(),
    categories: preview.categories,
    people: run.people,
    leftOut: run.leftOut,
    files: run.files,
  };
  const signer = await world.keys.signer();
  return sealDocument(manifest, signer.keyId, (text) => signer.sign(text));
}
