import type { StoredRequest } from '@kept/core';
import express from 'express';
import supertest from 'supertest';
import { aPerson, type Person } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';

export interface Residents {
  /** A new person with an account, who lives in a place, or nowhere that the host knows. */
  living(country: string | undefined, more?: Parameters<typeof aPerson>[2]): Promise<Person>;
  /** The person's host now keeps another place, or none. */
  moves(person: Person, country: string | undefined): Promise<void>;
  /** The newest request that an address wrote, or that is about it. */
  newestOf(address: string): Promise<StoredRequest>;
  /** What the privacy page tells the person, signed in. */
  toldOnPage(person: Person): Promise<{ law: { id: string; residence: string | null }; rights: string[] }>;
  /** Texts of the letters to an address, oldest first. */
  lettersTo(address: string): string[];
}

let people = 0;

/** Short ways to speak of people in different places, over one scene for a whole file. */
export function residents(sceneOf: () => Scene): Residents {
  const moves = async ({ id }: Person, country: string | undefined): Promise<void> => {
    const change = country === undefined ? { $unset: { country: '' } } : { $set: { country } };
    await sceneOf().db.collection('users').updateOne({ _id: id }, change);
  };
  return {
    async living(country, more = { videos: 1, logs: 0, payments: 0 }) {
      people += 1;
      const person = await aPerson(sceneOf(), `r${people}@example.org`, more);
      await moves(person, country);
      return person;
    },
    moves,
    async newestOf(address) {
      const { items } = await sceneOf().kept.requests.list({ limit: 500 });
      const found = items.filter((each) => each.requester.address === address || each.about?.address === address);
      const newest = found.sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime())[0];
      if (!newest) throw new Error(`No request of ${address}`);
      return newest;
    },
    async toldOnPage({ key }) {
      const app = express().use('/privacy', sceneOf().kept.router({ subjectOf: () => key }));
      const { body } = await supertest(app).get('/privacy/').set('Accept', 'application/json');
      const { law, rights } = body as { law: { id: string; residence: string | null }; rights: string[] };
      return { law, rights };
    },
    lettersTo: (address) =>
      sceneOf()
        .mailer.sent.filter(({ to }) => to === address)
        .map(({ text }) => text),
  };
}
