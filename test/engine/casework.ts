import type { Decision, ErasureReceipt } from '@kept/core';
import { erasureReceiptOf } from '../support/erasureReceiptOf.ts';
import { aPerson, type Person } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';

export interface Use {
  readonly purpose: string;
  readonly category: string;
}

export const ANNOUNCEMENT: Use = { purpose: 'communication.announcement', category: 'account.contact' };
export const IMPROVEMENT: Use = { purpose: 'improvement', category: 'usage' };
export const SERVICE: Use = { purpose: 'service.generation', category: 'generation.prompt' };

export interface Casework {
  /** A new person with an address of their own. */
  somebody(more?: Parameters<typeof aPerson>[2]): Promise<Person>;
  /** How many records of a collection refer to the person. */
  has(name: string, person: Person): Promise<number>;
  /** Subject lines, without the ticket's number. */
  lettersTo(address: string): string[];
  lastTo(address: string): string;
  /** All that was written to them, one letter after the other. */
  told(address: string): string;
  /** Whether a use of their data may be. */
  may(person: Person, use: Use): Promise<Decision['outcome']>;
  receiptOf(id: string): Promise<ErasureReceipt>;
  /** Takes every request as far as it goes, and delivers what was written. */
  finish(): Promise<void>;
}

/** Short ways to look at cases, over one scene for a whole file. */
export function casework(sceneOf: () => Scene): Casework {
  let people = 0;
  const sentTo = (address: string) => sceneOf().mailer.sent.filter((letter) => letter.to === address);
  return {
    async somebody(more = {}) {
      people += 1;
      return aPerson(sceneOf(), `p${people}@example.org`, more);
    },
    has: (name, person) => sceneOf().db.collection(name).countDocuments({ userId: person.id }),
    lettersTo: (address) => sentTo(address).map((letter) => letter.subjectLine.replace(/ \(K-.*/, '')),
    lastTo: (address) => sentTo(address).at(-1)?.text ?? '',
    told: (address) =>
      sentTo(address)
        .map(({ text }) => text)
        .join('\n'),
    may: async ({ key }, use) => (await sceneOf().kept.decide({ subject: key, ...use })).outcome,
    async receiptOf(id) {
      const receipt = await erasureReceiptOf(sceneOf().kept, id);
      if (!receipt) throw new Error(`No receipt for ${id}`);
      return receipt;
    },
    async finish() {
      await sceneOf().kept.requests.advance();
      await sceneOf().kept.outbox.deliver();
    },
  };
}
