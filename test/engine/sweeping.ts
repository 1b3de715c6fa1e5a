import type { SweepReport } from '@kept/core';
import type mongoose from 'mongoose';
import { aPerson, aVideo, DAY, type Person } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';

type Id = mongoose.mongo.ObjectId;

const EMPTIED = ['users', 'generations', 'apiKeys', 'apiLogs', 'sessions', 'payments', 'kept_holds', 'kept_requests'];

export interface Sweeping {
  /** Empties the house and answers the one person who then lives in it. */
  alone(): Promise<Person>;
  ago(days: number): Date;
  /** A video of the person's, made that many days ago. */
  video(days: number, more?: object): Promise<Id>;
  stays(id: Id): Promise<boolean>;
  fileStays(id: Id): Promise<boolean>;
  log(keyId: unknown, at: Date): Promise<unknown>;
}

/** Short ways to look at what a sweep does, over one scene for a whole file. */
export function sweeping(sceneOf: () => Scene): Sweeping {
  let person: Person;
  const ago = (days: number): Date => new Date(sceneOf().clock.now().getTime() - days * DAY);
  return {
    async alone() {
      for (const name of EMPTIED) await sceneOf().db.collection(name).deleteMany({});
      person = await aPerson(sceneOf(), 'mara@example.org', { videos: 0, logs: 0, payments: 0 });
      return person;
    },
    ago,
    video: (days, more = {}) => aVideo(sceneOf(), person.id, { createdAt: ago(days), ...more }),
    stays: async (id) => (await sceneOf().db.collection('generations').countDocuments({ _id: id })) === 1,
    fileStays: (id) => sceneOf().media.has(`generations/${id}.mp4`),
    log: (keyId, at) => sceneOf().db.collection('apiLogs').insertOne({ keyId, at, path: '/v1', ip: '192.0.2.1' }),
  };
}

export function sumOf(reports: readonly SweepReport[], what: 'due' | 'erased' | 'held', collection: string): number {
  return reports
    .flatMap((each) => each.collections)
    .reduce((sum, each) => sum + (each.collection === collection ? each[what] : 0), 0);
}
