import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { diskFiles, type KeptOptions, webhookConnector } from '@kept/core';
import { twoStaff } from '../engine/case.ts';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';

// What stands in a region here is printed in docs/guides/answer-rights.md.

let the: Scene;
let mara: Person;
let folder: string;
const ended: string[] = [];

/** The host's own way to shut somebody out. */
const endSessionsAndKeys = async (subject: string): Promise<void> => {
  ended.push(subject);
};

function choices(): Partial<KeptOptions> {
  // #region options
  const options: Partial<KeptOptions> = {
    revoke: (subject) => endSessionsAndKeys(subject), // first of all in an erasure; may come again
    connectors: { 'fal-ai': webhookConnector('https://fal.example/kept') },
    packages: diskFiles(folder), // sealed by Kept; absent: GridFS beside its own records
  };
  // #endregion options
  return options;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kept-packages-'));
  the = await scene(choices());
  mara = await aPerson(the, 'mara@example.org', { videos: 1, logs: 0, payments: 0 });
});
afterAll(async () => {
  await the.close();
  await rm(folder, { recursive: true });
});

test('a right is looked at before anybody asks, decided, and carried out', async () => {
  const { kept } = the;
  const subject = mara.key;
  const { agent, lead } = await twoStaff(kept);
  // #region rehearse
  const { regime, dueOn, plan } = await kept.requests.rehearse('erasure', subject); // writes and sends nothing
  const { _id: trial } = await kept.requests.openTest({ right: 'access', subject, by: agent }); // letters go to agent
  // #endregion rehearse
  expect([regime, dueOn.length, plan.length > 0]).toEqual([expect.any(String), 10, true]);
  await kept.workOff();
  expect(await kept.requests.get(trial)).toMatchObject({ test: true, status: 'fulfilled' });

  const opened = {
    right: 'rectification',
    channel: 'app',
    subject,
    address: mara.address,
    text: 'I married.',
  } as const;
  const { _id: id } = await kept.requests.open(opened);
  await kept.workOff();
  // #region decide
  const corrections = [{ collection: 'users', field: 'name', value: 'Mara Lindt' }];
  const weighed = await kept.requests.weigh(id, agent, { right: 'rectification', corrections }); // every copy, counted
  await kept.requests.decide(id, agent, weighed);
  await kept.workOff(); // a job does this
  // #endregion decide
  expect(await kept.requests.get(id)).toMatchObject({ status: 'fulfilled' });
  expect(await the.db.collection('users').countDocuments({ name: 'Mara Lindt' })).toBe(1);

  const { _id: copy } = await kept.requests.open({ ...opened, right: 'access', text: 'All of it, as each day.' });
  // #region refuse
  await kept.requests.refuse(copy, lead, { ground: 'unfounded-or-excessive', reason: 'You asked this each day.' });
  // #endregion refuse
  expect(await kept.requests.get(copy)).toMatchObject({
    status: 'refused',
    refusal: { article: expect.stringContaining('Art 12(5)') },
  });
});
