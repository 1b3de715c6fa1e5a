import type { Stored } from '../stored.ts';

/** One link of the chain. */
export interface EvidenceEntry extends Stored {
  readonly partition: string;
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly aggregate: { readonly kind: string; readonly id: string };
  readonly commitment: string;
  readonly prev: string;
  readonly hash: string;
}

/** Values and salts lie apart from the chain, so that they can be scrubbed and the chain stays whole. */
export interface EvidenceDetails extends Stored {
  readonly salt: string;
  readonly details: Readonly<Record<string, unknown>>;
}
