import type { Decision, Right, RightDecision, StoredRequest } from '@kept/core';
import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import { again, approved, DELETE, twoStaff } from '../../engine/case.ts';
import type { House } from './openHouse.ts';

export interface Asking {
  /** Writes a mail to support, confirms by the link of the answer, and answers the request as it stands then. */
  asks(person: SeededPerson, text: string): Promise<StoredRequest>;
  /** What somebody asked for, oldest first. */
  requestsOf(person: SeededPerson): Promise<StoredRequest[]>;
  /** Their newest request for a right. */
  requestOf(person: SeededPerson, right: Right): Promise<StoredRequest>;
  /** Decided by a privacy lead, carried out and answered. */
  decided(request: Pick<StoredRequest, '_id' | 'right'>, decision: object): Promise<StoredRequest>;
  /** Asks by mail to be erased, which two members of staff approve, and it is carried out. */
  erased(person: SeededPerson): Promise<StoredRequest>;
  /** Subject lines, without the ticket's number. */
  subjectsTo(person: SeededPerson): Promise<string[]>;
  lastTo(person: SeededPerson): Promise<string>;
  /** All that was written to them, each word one space behind the one before. */
  told(person: SeededPerson): Promise<string>;
  may(person: SeededPerson, purpose: string, category: string): Promise<Decision['outcome']>;
}

/** Short ways to speak of requests to a variant as it is served; a minute passes before each mail. */
export function asking(houseOf: () => House): Asking {
  const asking: Asking = {
    async asks(person, text) {
      houseOf().clock.forward({ minutes: 1 });
      await houseOf().write(person.email, text);
      await houseOf().confirm(person.email);
      const newest = (await asking.requestsOf(person)).at(-1);
      if (!newest) throw new Error(`Nobody at ${person.email} asked for anything`);
      return newest;
    },
    async requestsOf({ id }) {
      const { items } = await houseOf().kept.requests.list({ limit: 500 });
      const theirs = items.filter((each) => ('subject' in each ? each.subject : each.about?.subject) === id);
      return theirs.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
    },
    async requestOf(person, right) {
      const found = (await asking.requestsOf(person)).findLast((each) => each.right === right);
      if (!found) throw new Error(`${person.email} asked for no ${right}`);
      return found;
    },
    async decided({ _id, right }, decision) {
      const { kept } = houseOf();
      const { lead } = await twoStaff(kept);
      await kept.requests.decide(_id, lead, { right, ...decision } as RightDecision);
      await houseOf().answer();
      return again(kept, _id);
    },
    async erased(person) {
      const { kept } = houseOf();
      const { _id } = await asking.asks(person, DELETE);
      await approved(kept, _id);
      await houseOf().answer();
      return again(kept, _id);
    },
    async subjectsTo({ email }) {
      const letters = await houseOf().lettersTo(email);
      return letters.map(({ subject = '' }) => subject.replace(/ \(K-.*/, ''));
    },
    lastTo: async ({ email }) => (await houseOf().lettersTo(email)).at(-1)?.text ?? '',
    async told({ email }) {
      const letters = await houseOf().lettersTo(email);
      return letters.map(({ text = '' }) => text.replaceAll(/\s+/g, ' ')).join('\n');
    },
    may: async ({ id }, purpose, category) => (await houseOf().kept.decide({ subject: id, purpose, category })).outcome,
  };
  return asking;
}
