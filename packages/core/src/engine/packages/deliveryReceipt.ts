import { sealDocument } from '../../kernel/evidence/signedDocument.ts';
import type { Signer } from '../ports/edges.ts';
import type { World } from '../world.ts';
import type { StoredPackage } from './storedPackage.ts';

/** That a package was fetched, signed: anybody with the public key can check it offline. Instants are ISO 8601. */
export interface DeliveryReceipt {
  readonly format: 'kept-delivery/1';
  readonly service: string;
  readonly controller: { readonly name: string; readonly contact: string };
  readonly request: { readonly id: string; readonly right: string };
  readonly readyAt: string;
  readonly availableUntil: string;
  readonly deliveredAt: string;
  /** Over which the last part went: the link of the letter, or somebody signed in to the account. */
  readonly road: 'link' | 'account';
  readonly parts: readonly {
    readonly part: number;
    readonly sha256: string;
    readonly bytes: number;
    readonly sentAt: string;
  }[];
  readonly claimed: string;
  readonly notClaimed: readonly string[];
}

/** The signed text. Only for a package all of whose parts were sent. */
export function deliveryReceipt(
  { service, policy }: World,
  { request, right, readyAt, availableUntil, deliveredAt, parts }: StoredPackage,
  road: DeliveryReceipt['road'],
  signer: Signer,
): string {
  const { name, contact } = policy.controller;
  const receipt: DeliveryReceipt = {
    format: 'kept-delivery/1',
    service,
    controller: { name, contact },
    request: { id: request, right },
    readyAt: iso(readyAt),
    availableUntil: iso(availableUntil),
    deliveredAt: iso(deliveredAt),
    road,
    parts: parts.map(({ sha256, bytes, sentAt }, index) => ({ part: index + 1, sha256, bytes, sentAt: iso(sentAt) })),
    claimed: 'Every byte of every part was handed to the connection of whoever asked for it.',
    notClaimed: ['That it arrived whole, was kept or was read.', 'Who sat at the other end of the connection.'],
  };
  return sealDocument(receipt, signer.keyId, (text) => signer.sign(text));
}

function iso(at: Date | undefined): string {
  if (!at) throw new RangeError('Only a package that was delivered has a receipt of it');
  return at.toISOString();
}
