import type { ErasureReceipt } from '@kept/core';
import { aPerson, type Person } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';

export interface Casework {
  /** A new person with an address of their own. */
  somebody(more?: Parameters<typeof aPerson>[2]): Promise<Person>;
  /** How many records of a collection refer to the person. */
  has(name: string, person: Person): Promise<number>;
  /** Subject lines, without the ticket's number. */
  lettersTo(address: string): string[];
  lastTo(address: string): string;
  receiptOf(id: string): Promise<ErasureReceipt>;
  /** Takes every request as far as it goes, and delivers what was written. */
  finish(): Promise<void>;
}

/** Short ways to look at cases, over one scene for a whole file. */
export function casework(sceneOf: () => Scene): Casework {
  let people = 0;
  return {
    async somebody(more = {}) {
      people += 1;
      return aPerson(sceneOf(), `p${people}@example.org`, more);
    },
    has: (name, person) => sceneOf().db.collection(name).countDocuments({ userId: person.id }),
    lettersTo: (address) =>
      sceneOf()
        .mailer.sent.filter((letter) => letter.to === address)
        .map((letter) => letter.subjectLine.replace(/ \(K-.*/, '')),
    lastTo: (address) => sceneOf().mailer.sent.findLast((letter) => letter.to === address)?.text ?? '',
    async receiptOf(id) {
      const receipt = await sceneOf().kept.requests.receipt(id);
      if (!receipt) throw new Error(`No receipt for ${id}`);
      return receipt.document.document;
    },
    async finish() {
      await sceneOf().kept.requests.advance();
      await sceneOf().kept.outbox.deliver();
    },
  };
}
