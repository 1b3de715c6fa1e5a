import type { Mailer, OutgoingLetter } from '../../engine/ports/edges.ts';

export interface MemoryMailer extends Mailer {
  readonly sent: readonly OutgoingLetter[];
  /** The next letters fail with this, until it is taken away with `undefined`. */
  failWith(error: unknown): void;
}

/** Sends nothing and keeps every letter: for tests. */
export function memoryMailer(): MemoryMailer {
  const sent: OutgoingLetter[] = [];
  let failure: unknown;
  return {
    sent,
    failWith(error) {
      failure = error;
    },
    async send(letter) {
      if (failure !== undefined) throw failure;
      sent.push(letter);
      return { accepted: true, response: '250 kept in memory' };
    },
  };
}
