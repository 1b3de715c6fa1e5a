import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Kept, memoryFiles } from '@kept/core';
import { twoStaff } from '../engine/case.ts';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { emptied } from './outcome.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

const NAMES = ['ann', 'ben', 'cy'];

/** People are told of a transfer and it runs, while a process dies at it; answers what the successor got and what is known of it. */
async function run(mortal: Life): Promise<object> {
  const stage = await emptied(the);
  const { db, clock, mailer } = stage;
  const people: Person[] = [];
  for (const name of NAMES)
    people.push(await aPerson(stage, `${name}@example.org`, { videos: 1, logs: 0, payments: 1 }));
  const calm = await stage.restart();
  const { agent, lead } = await twoStaff(calm);
  await calm.objections.object(people[1]?.key ?? '', 'business-transfer', 'settings');
  const terms = { successor: 'successor', reference: 'HRB 1', notice: 'It is sold.', by: agent };
  const { _id, preview } = await calm.transfer.prepare(terms);
  await calm.transfer.approve(_id, agent, preview.hash);
  await calm.transfer.approve(_id, lead, preview.hash);
  const files = memoryFiles();

  // The process that dies does so while it tells people, or weeks later while it hands over.
  const dying = async (work: (kept: Kept, sink: typeof files) => Promise<unknown>): Promise<void> => {
    if (mortal.dead) return;
    try {
      const kept = await stage.restart({
        data: { db: mortal.database(db) },
        mail: mortal.mortal('mail', mailer, ['send']),
      });
      await work(kept, mortal.mortal('files', files, ['put']));
    } catch (error) {
      if (!mortal.dead) throw error;
    }
  };
  await dying(async (kept) => {
    await kept.transfer.advance();
    await kept.outbox.deliver();
  });
  // The dead worker's leases run out.
  clock.forward({ minutes: 10 });
  const next = await stage.restart();
  await next.transfer.advance();
  await next.outbox.deliver();
  clock.forward({ days: 33 });
  await dying((kept, sink) => kept.transfer.run(_id, sink));
  clock.forward({ minutes: 10 });
  const { run: made } = await next.transfer.run(_id, files);
  await next.evidence.sequence();

  const text = async (name: string): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of await files.read(name)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  const index = (key: string): string => NAMES[people.findIndex((person) => person.key === key)] ?? 'nobody';
  const lines = (await text('people-000001-001.ndjson'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const logged = await next.disclosures.list({ recipient: 'successor' });
  return {
    told: [...new Map(mailer.sent.map(({ messageId, to }) => [messageId, to])).values()].sort(),
    people: made?.people,
    leftOut: made?.leftOut,
    files: made?.files.map(({ name }) => name),
    signed: JSON.parse(await text('manifest.json')).document.files.length,
    lines: lines.map(({ type, subject, collection }) => `${index(subject)} ${collection ?? type}`).sort(),
    logged: logged.map(({ subject = '' }) => index(subject)).sort(),
    made: (await next.evidence.entries()).filter(({ type }) => type === 'TransferMade').length,
    leased: await db.collection('kept_transfers').countDocuments({ lease: { $exists: true } }),
    proved: (await next.evidence.verify()).ok,
  };
}

test(
  'a transfer tells each person once and hands over the same, whenever a process dies',
  async () => {
    const calm = await calmly('transfer', run);
    const records = ['person', 'users', 'generations', 'apiKeys', 'payments'];
    expect(calm.outcome).toMatchObject({
      told: NAMES.map((name) => `${name}@example.org`),
      people: 2,
      leftOut: { objection: 1 },
      files: ['people-000001-001.ndjson', 'records-of-processing.jsonld'],
      logged: ['ann', 'cy'],
      made: 1,
      leased: 0,
      lines: ['ann', 'cy'].flatMap((name) => records.map((one) => `${name} ${one}`)).sort(),
      proved: true,
    });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
