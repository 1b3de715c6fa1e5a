import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aPerson, aVideo, DAY } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { emptied } from './outcome.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

/** Three old videos, one of them saved after the first process died, a closed account; answers what is left in the end. */
async function run(mortal: Life, savesMeanwhile: boolean): Promise<object> {
  const stage = await emptied(the);
  const { db, media, clock } = stage;
  const createdAt = new Date(clock.now().getTime() - 31 * DAY);
  const mara = await aPerson(stage, 'mara@example.org', { videos: 0, logs: 0, payments: 0 });
  const ids = [];
  for (let n = 0; n < 3; n += 1) ids.push(await aVideo(stage, mara.id, { createdAt }));
  const gone = await aPerson(stage, 'gone@example.org', { videos: 1, logs: 1, payments: 1 });
  await db.collection('users').updateOne({ _id: gone.id }, { $set: { closedAt: createdAt } });

  const files = { media: mortal.mortal('media', media, ['remove']) };
  try {
    const kept = await stage.restart({ data: { db: mortal.database(db) }, files });
    await kept.retention.sweep();
  } catch (error) {
    if (!mortal.dead) throw error;
  }
  const savable = { _id: ids[0] as never };
  const stillThere = await db.collection('generations').countDocuments(savable);
  if (savesMeanwhile) await db.collection('generations').updateOne(savable, { $set: { savedAt: clock.now() } });

  const next = await stage.restart();
  await next.retention.sweep();
  await next.evidence.sequence();

  const counts = async (name: string): Promise<number> => db.collection(name).countDocuments();
  const videosLeft = await counts('generations');
  const saved = savesMeanwhile && stillThere === 1;
  expect([videosLeft, await media.has(`generations/${ids[0]}.mp4`)]).toEqual([saved ? 1 : 0, saved]);
  expect(await media.has(`generations/${gone.videos[0]}.mp4`)).toBe(false);
  expect(await db.collection('kept_units').countDocuments({ state: 'open' })).toBe(0);
  expect(await next.evidence.verify()).toMatchObject({ ok: true });
  return {
    users: await counts('users'),
    apiKeys: await counts('apiKeys'),
    apiLogs: await counts('apiLogs'),
    payments: await db.collection('payments').countDocuments({ userId: { $exists: false } }),
    files: (await Promise.all(ids.slice(1).map((id) => media.has(`generations/${id}.mp4`)))).filter(Boolean).length,
  };
}

test(
  'a sweep that is killed after any effect is ended by the next one, and what was saved meanwhile stays',
  async () => {
    const calm = await calmly('sweep', (mortal, turn) => run(mortal, turn % 2 === 1));
    expect(calm.outcome).toEqual({ users: 1, apiKeys: 1, apiLogs: 0, payments: 1, files: 0 });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
