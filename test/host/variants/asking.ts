import type { StoredRequest } from '@kept/core';
import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import type { House } from './openHouse.ts';

export interface Asking {
  /** Writes a mail to support, confirms by the link of the answer, and answers the request as it stands then. */
  asks(person: SeededPerson, text: string): Promise<StoredRequest>;
  /** What somebody asked for, oldest first. */
  requestsOf(person: SeededPerson): Promise<StoredRequest[]>;
  /** Subject lines, without the ticket's number. */
  subjectsTo(person: SeededPerson): Promise<string[]>;
  lastTo(person: SeededPerson): Promise<string>;
}

/** Short ways to speak of requests to a variant as it is served; a minute passes before each mail. */
export function asking(houseOf: () => House): Asking {
  const requestsOf = async ({ id }: SeededPerson): Promise<StoredRequest[]> => {
    const { items } = await houseOf().kept.requests.list({ limit: 500 });
    const theirs = items.filter((each) => ('subject' in each ? each.subject : each.about?.subject) === id);
    return theirs.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
  };
  return {
    requestsOf,
    async asks(person, text) {
      houseOf().clock.forward({ minutes: 1 });
      await houseOf().write(person.email, text);
      await houseOf().confirm(person.email);
      const newest = (await requestsOf(person)).at(-1);
      if (!newest) throw new Error(`Nobody at ${person.email} asked for anything`);
      return newest;
    },
    async subjectsTo({ email }) {
      const letters = await houseOf().lettersTo(email);
      return letters.map(({ subject = '' }) => subject.replace(/ \(K-.*/, ''));
    },
    lastTo: async ({ email }) => (await houseOf().lettersTo(email)).at(-1)?.text ?? '',
  };
}
