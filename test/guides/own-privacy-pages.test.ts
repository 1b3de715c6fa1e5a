import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Conversation } from '@kept/core';
import { twoStaff } from '../engine/case.ts';
import { type PrivacySite, privacySite } from '../engine/privacySite.ts';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';

// What stands in a region here is printed in docs/guides/own-privacy-pages.md.

let the: Scene;
let site: PrivacySite;
let mara: Person;
beforeAll(async () => {
  the = await scene();
  mara = await aPerson(the, 'mara@example.org', { videos: 1, logs: 0, payments: 0 });
  site = await privacySite(the);
  site.signedIn = mara.key;
});
afterAll(async () => {
  await site.close();
  await the.close();
});

/** As a page of the host's own calls it. */
const privacy = async (path: string, body?: object) => (body ? await site.post(path, body) : await site.get(path)).body;

test('a page of one’s own asks, follows and takes back', async () => {
  // #region ask
  const { rights } = await privacy('/'); // those of the law that counts for this person
  const { fields } = await privacy('/ask/rectification');
  const name = fields.find(({ field }: { field: string }) => field === 'name');
  const { id, dueOn } = await privacy('/requests', {
    right: 'rectification',
    asks: { corrections: [{ collection: name.collection, field: name.field, was: name.was, value: 'Mara Lindt' }] },
    text: 'I have married.',
  });
  const { state, steps, mayTakeBack } = await privacy(`/requests/${id}`);
  if (mayTakeBack) await privacy(`/requests/${id}/withdraw`, {});
  // #endregion ask
  expect(rights).toContain('rectification');
  expect([dueOn, state]).toEqual(['2026-04-02', 'We work on it.']);
  expect(steps[0]).toEqual({ on: '2026-03-03', what: 'You asked us' });
  expect(await privacy(`/requests/${id}`)).toMatchObject({ status: 'withdrawn', mayTakeBack: false });
});

test('a support section of one’s own needs no mail', async () => {
  const { kept } = the;
  const subject = mara.key;
  const { agent } = await twoStaff(kept);
  // #region support
  const { id } = await kept.support.open(subject, { subjectLine: 'My plan', text: 'Why was I charged twice?' });
  await kept.tickets.reply(id, agent, 'Because of a fault of ours.'); // staff, in the console
  const conversation: Conversation = await kept.support.get(subject, id);
  await kept.support.write(subject, id, 'Thank you.');
  // #endregion support
  expect(conversation.messages.map(({ by }) => by)).toEqual(['you', 'us']);
  const { conversations } = await privacy('/support');
  expect(conversations).toContainEqual(expect.objectContaining({ id, state: 'waits-for-us' }));
});
