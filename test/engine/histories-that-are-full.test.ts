import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Scene, scene } from '../support/scene.ts';

let the: Scene;

beforeEach(async () => {
  the = await scene();
});
afterEach(() => the.close());

/** As many words as a history takes, written past the use case: going back and forth would take an hour. */
async function fill(name: 'kept_consents' | 'kept_objections', word: object): Promise<void> {
  const events = Array.from({ length: 20_000 }, () => ({ ...word, at: the.clock.now(), version: 1, source: 's' }));
  await the.db.collection(name).updateOne({ subject: 'ann' }, { $set: { events } });
}

test('a history of consents that is full takes a withdrawal and no further yes', async () => {
  const { consents } = the.kept;
  await consents.give('ann', 'training', 'settings');
  await fill('kept_consents', { flag: 'training', what: 'given' });
  await expect(consents.give('ann', 'training', 'settings')).rejects.toMatchObject({ code: 'HISTORY_REFUSED' });
  await consents.withdraw('ann', 'training', 'settings');
  const question = { subject: 'ann', purpose: 'training', category: 'generation.output' };
  expect((await the.kept.decide(question)).outcome).toBe('forbidden');
});

test('a history of objections that is full takes an objection and nothing back', async () => {
  const { objections } = the.kept;
  await objections.object('ann', 'improvement', 'settings');
  await fill('kept_objections', { purpose: 'improvement', what: 'withdrawn' });
  await expect(objections.withdraw('ann', 'improvement', 'settings')).rejects.toMatchObject({
    code: 'HISTORY_REFUSED',
  });
  await objections.object('ann', 'improvement', 'settings');
  expect((await the.kept.decide({ subject: 'ann', purpose: 'improvement', category: 'usage' })).outcome).toBe(
    'forbidden',
  );
});
