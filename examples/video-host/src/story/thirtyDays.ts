import { expect } from './expect.ts';
import type { Stage } from './stage.ts';
import { walkClock } from './walkClock.ts';

const DAY_MS = 86_400_000;

/** The clock goes forward; the unsaved videos of somebody else go on their thirtieth day, the saved ones stay. */
export async function thirtyDays(stage: Stage): Promise<void> {
  const { server, say, cast, clock } = stage;
  const { kept, connection, media } = server;
  const generations = connection.collection('generations');
  const logs = connection.collection('apiLogs');
  const jonas = cast.people.jonas;
  expect(jonas !== undefined, 'Jonas is in the cast');
  say.chapter('Thirty days go by for Jonas, who asked for nothing');

  const named = new Map(Object.entries(cast.videos).map(([name, video]) => [video.id, { name, files: video.files }]));
  const all = (await generations.find({}).toArray()).filter((each) => String(each.userId) === jonas.id);
  const undone = all.find((each) => !each.savedAt && each.unsavedAt);
  const waiting = new Map(
    all.filter((each) => !each.savedAt && !each.unsavedAt).map((each) => [String(each._id), each]),
  );
  const saved = all.filter((each) => each.savedAt);
  expect(waiting.size > 0 && saved.length > 0, 'Jonas has saved and unsaved videos');

  const youngest = Math.max(...[...waiting.values()].map((each) => Number(each.createdAt)));
  const days = Math.ceil((youngest + 30 * DAY_MS - clock.now().getTime()) / DAY_MS);
  await walkClock(kept, clock, days, async () => {
    const now = clock.now().getTime();
    const oldest = await logs.find({}).sort({ at: 1 }).limit(1).toArray();
    expect(!oldest[0] || now - Number(oldest[0].at) < 90 * DAY_MS, 'no log is ever older than 90 days');
    for (const [id, video] of waiting) {
      const age = (now - Number(video.createdAt)) / DAY_MS;
      const there = (await generations.countDocuments({ _id: video._id })) === 1;
      expect(there || age > 29, 'day 29 stays');
      expect(!there || age < 30, 'day 30 goes');
      if (there) continue;
      waiting.delete(id);
      const files = named.get(id)?.files ?? [];
      for (const file of files) expect(!(await media.has(file)), 'file and record go together');
      say.tell(`“${String(video.prompt)}” went, unsaved, in its thirtieth day, its files with it.`, {
        video: id,
        files: files.length,
      });
    }
  });
  expect(waiting.size === 0, 'every unsaved video went');
  if (undone) {
    const gone = (await generations.countDocuments({ _id: undone._id })) === 0;
    expect(gone, 'a video that was un-saved goes after its days of grace');
    say.tell(`“${String(undone.prompt)}”, old already when he un-saved it, had seven days more and went too.`, {
      video: String(undone._id),
    });
  }
  for (const each of saved) expect((await generations.countDocuments({ _id: each._id })) === 1, 'saved videos stay');
  say.tell('The videos that he saved are still there.', { videos: saved.length });
}
