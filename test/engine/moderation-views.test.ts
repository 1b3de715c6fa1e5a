import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aPerson } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

test('sdance-ai.purpose.moderation: staff see content for a stated purpose alone, and each view is in the audit log', async () => {
  const { kept } = the;
  const { key: subject, videos } = await aPerson(the, 'mara@example.org', { videos: 1, logs: 0, payments: 0 });
  const password = 'a long enough one';
  const { _id: by } = await kept.staff.add({ email: 'ada@sdance.test', name: 'Ada', role: 'agent', password });
  const what = {
    by,
    subject,
    collection: 'generations',
    fields: ['prompt', 'outputs[].file'],
    record: String(videos[0]),
  };
  const look = (purpose: string) => kept.views.open({ ...what, purpose, reason: 'report K-7F3A2C' });

  const seen = await look('safety.moderation');
  expect(seen.decision.outcome).toBe('permitted');
  for (const purpose of ['service.support', 'improvement', 'training', 'marketing'])
    expect([purpose, (await look(purpose)).decision.outcome]).toEqual([purpose, 'forbidden']);
  await expect(look('')).rejects.toMatchObject({ code: 'INPUT_INVALID' });

  await kept.evidence.sequence();
  const [entry] = await kept.evidence.entries({ kind: 'views', id: seen.view });
  expect(entry).toMatchObject({ type: 'StaffViewed' });
  const details = the.db.collection<{ _id: string }>('kept_evidenceDetails');
  expect(await details.findOne({ _id: entry?._id ?? '' })).toMatchObject({
    details: { by, purpose: 'safety.moderation', reason: 'report K-7F3A2C' },
  });
});
