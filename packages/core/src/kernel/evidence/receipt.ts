import type { Right } from '../classify/right.ts';
import type { Identified } from '../request/rightsRequest.ts';
import type { ChainHead } from './chain.ts';

export {
  type Opened,
  type OpenFault,
  openDocument,
  type PublicKeys,
  type SignedDocument,
  sealDocument,
} from './signedDocument.ts';

/** Proof of what an erasure did, kept, and does not claim. Instants are ISO 8601, dates YYYY-MM-DD. */
export interface ErasureReceipt {
  readonly format: 'kept-receipt/1';
  readonly service: string;
  readonly controller: { readonly name: string; readonly contact: string };
  readonly request: {
    readonly id: string;
    readonly right: Right;
    readonly regime: string;
    readonly receivedAt: string;
  };
  readonly identity: { readonly confirmedAt: string; readonly how: Identified };
  /** Hash of the preview that was approved: the run did this plan and no other. */
  readonly plan: { readonly hash: string; readonly at: string };
  readonly policy: { readonly pack: string; readonly version: number; readonly hash: string };
  readonly startedAt: string;
  readonly endedAt: string;
  readonly lines: readonly ReceiptLine[];
  /** The second look, after the run. */
  readonly residue: {
    readonly lookedAt: string;
    readonly found: number;
    /** Collections that were read whole for it. Absent in receipts from before this was written down. */
    readonly looked?: readonly string[];
    /** Collections of which only the fields of the inventory were asked, or that could not be read. */
    readonly notLooked?: readonly { readonly collection: string; readonly why: string }[];
  };
  /** Who had something of the person, and how far it was with telling them when this was signed (Art 19 GDPR). */
  readonly recipients?: readonly { readonly name: string; readonly state: string; readonly keepsUntil?: string }[];
  /** Staff by role and id, never by name. */
  readonly approvals: readonly { readonly role: string; readonly staff: string; readonly at: string }[];
  readonly evidence: ChainHead & { readonly partition: string };
  /** What the receipt does not say, in plain sentences: backups and their window, recipients still to answer. */
  readonly notClaimed: readonly string[];
}

export interface ReceiptLine {
  readonly collection: string;
  readonly category: string;
  readonly action: 'erase' | 'anonymise' | 'detach' | 'keep';
  readonly found: number;
  readonly done: number;
  /** Still naming the person after the run. */
  readonly left: number;
  readonly files: { readonly found: number; readonly done: number };
  /** Why it stays, with the article; needed where anything is kept or detached. */
  readonly ground?: { readonly article: string; readonly text: string };
  /** The date on which what stays goes. */
  readonly until?: string;
  /** In words, where no such date is known. */
  readonly ends?: string;
  readonly rule: string;
  readonly clause?: string;
}

/** Begins each sentence on something that the run did not do. */
export const NOT_DONE = 'Not done: ';

/**
 * What is wrong with a receipt as a statement, whoever signed it: counts that do not add up, something kept without a ground,
 * residue passed over in silence. Empty for a sound one.
 */
export function receiptFaults(receipt: ErasureReceipt): string[] {
  const faults: string[] = [];
  if (receipt.format !== 'kept-receipt/1') return ['the format is not kept-receipt/1'];
  const tellsAll = receipt.residue.looked !== undefined;
  for (const line of receipt.lines) {
    const { action, found, done, left, files, ground } = line;
    const at = `${line.collection}, ${line.category}`;
    if (![found, done, left, files.found, files.done].every((count) => Number.isSafeInteger(count) && count >= 0)) {
      faults.push(`${at}: a count is no whole number`);
    } else if (found !== done + left) {
      faults.push(`${at}: ${found} found is not ${done} done and ${left} left`);
    }
    if (action === 'keep' && done > 0) faults.push(`${at}: kept, yet ${done} done`);
    if ((action === 'keep' || action === 'detach') && found > 0 && ground === undefined) {
      faults.push(`${at}: ${action} without a ground`);
    }
    if (files.done > files.found) faults.push(`${at}: more files done than found`);
    if (tellsAll && action !== 'erase' && found > 0 && !line.until && !line.ends)
      faults.push(`${at}: stays without an end`);
  }
  const left = receipt.lines.filter(({ action }) => action !== 'keep').reduce((sum, line) => sum + line.left, 0);
  if ((left > 0 || receipt.residue.found > 0) && receipt.notClaimed.length === 0) {
    faults.push('something is left, and nothing says so');
  }
  const filesLeft = receipt.lines.some(({ action, files }) => action !== 'keep' && files.done < files.found);
  if (tellsAll && filesLeft && !receipt.notClaimed.some((each) => each.startsWith(NOT_DONE))) {
    faults.push('files are left, and nothing says so');
  }
  for (const { collection } of receipt.residue.notLooked ?? []) {
    if (!receipt.notClaimed.some((each) => each.includes(collection))) {
      faults.push(`${collection} was not read whole, and nothing says so`);
    }
  }
  return faults;
}
