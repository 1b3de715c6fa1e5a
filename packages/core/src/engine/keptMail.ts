import type { Page } from './kept.ts';
import type { Message, OutboxLetter, StoredMail, Ticket } from './stored.ts';

/** Conversations with support; those that carry rights requests too. */
export interface Tickets {
  /**
   * Open and waiting ones by due date, the most urgent first; before all of them those with a priority. One that carries a
   * test request is found by `search` alone.
   */
  queue(options?: {
    status?: 'open' | 'closed';
    kind?: Ticket['kind'];
    search?: string;
    /** Id of a staff member, or null for those that nobody has. */
    assignee?: string | null;
    skip?: number;
    limit?: number;
  }): Promise<Page<Ticket>>;
  get(id: string): Promise<Ticket | undefined>;
  /** The conversation, oldest first, with the state of each letter that went out. */
  conversation(id: string): Promise<readonly (Message & { letter?: OutboxLetter })[]>;
  reply(id: string, by: string, text: string): Promise<Ticket>;
  note(id: string, by: string, text: string): Promise<Ticket>;
  assign(id: string, by: string, to: string | null): Promise<Ticket>;
  /** Notes that somebody who does not work on it had to see it, and why. Throws APPROVAL_REFUSED, REASON_INVALID. */
  show(id: string, by: string, reason: string): Promise<Ticket>;
  close(id: string, by: string): Promise<Ticket>;
  reopen(id: string, by: string): Promise<Ticket>;
}

export interface MailIntake {
  /** Stores the raw bytes and answers once they are safe. The same mail twice is stored once. */
  receive(mail: { mailbox: string; raw: Uint8Array }): Promise<{ id: string; duplicate: boolean }>;
  /** Reads what is stored and opens tickets and requests. One bad mail never stops the others. */
  work(): Promise<{ read: number; unreadable: number }>;
  counts(): Promise<{ stored: number; read: number; unreadable: number }>;
  /** Newest first. */
  unreadable(options?: { skip?: number; limit?: number }): Promise<Page<StoredMail>>;
  /** Whatever its state. */
  get(id: string): Promise<StoredMail | undefined>;
  /** The bytes as they came, for a staff member; who read them and why is in the evidence. Throws REASON_INVALID. */
  raw(id: string, by: string, reason: string): Promise<Uint8Array>;
}

export interface Outbox {
  deliver(): Promise<{ sent: number; failed: number }>;
  list(options?: { ticket?: string; state?: OutboxLetter['state'] }): Promise<readonly OutboxLetter[]>;
  retry(id: string, by: string): Promise<OutboxLetter>;
}
