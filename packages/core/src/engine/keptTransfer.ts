import type { BusinessTransfer, TransferSink } from './transfer/businessTransfer.ts';

/**
 * Data that moves with the business (merger, acquisition, sale of assets). It is counted first; two people sign for exactly
 * that; the people are told and can object; then it goes, without those who did.
 */
export interface Transfers {
  /**
   * Counts who would go and who is left out. `waitingDays` is how long people can object, 30 where absent. Throws
   * INPUT_INVALID, TRANSFER_INVALID where the policy names no such successor, APPROVAL_REFUSED.
   */
  prepare(input: {
    successor: string;
    reference: string;
    notice: string;
    by: string;
    waitingDays?: number;
  }): Promise<BusinessTransfer>;
  /** Two people, a privacy lead among them, for the same counts. Throws TRANSFER_NOT_FOUND, TRANSFER_CONFLICT, APPROVAL_REFUSED. */
  approve(id: string, by: string, hash: string): Promise<BusinessTransfer>;
  /** Before it is over. Throws TRANSFER_NOT_FOUND, TRANSFER_CONFLICT, APPROVAL_REFUSED. */
  withdraw(id: string, by: string): Promise<BusinessTransfer>;
  /** Writes to the people of what has been approved, each once; forgets the letters of what is over. */
  advance(): Promise<{ told: number }>;
  /**
   * Puts the files, unit by unit; what a process leaves open the next one ends, with the same result. Each disclosure is on
   * record before its data is. Throws TRANSFER_NOT_FOUND, TRANSFER_CONFLICT before people could object, or where the policy
   * has changed since.
   */
  run(id: string, into: TransferSink): Promise<BusinessTransfer>;
  get(id: string): Promise<BusinessTransfer | undefined>;
  /** Newest first. */
  list(): Promise<readonly BusinessTransfer[]>;
}
