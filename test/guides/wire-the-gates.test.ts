import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MongoBackend } from '@agendajs/mongo-backend';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compareSchemas, type Decision, forPurpose, type Kept, loadPack } from '@kept/core';
import { askedAgain } from '@kept/jobs';
import { Agenda } from 'agenda';
import mongoose from 'mongoose';
import sharp from 'sharp';
import { modelsOn } from '../../examples/video-host/src/models/models.ts';
import { twoStaff } from '../engine/case.ts';
import { withEgress } from '../engine/egress/gate.ts';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';

// What stands in a region here is printed in docs/guides/wire-the-gates.md.

let the: Scene;
let kept: Kept;
let ann: Person;
let subject: string;
let staff: string;
let lead: string;

/** The pack, with what of a person may go to an authority, and with a provider on this machine. */
beforeAll(async () => {
  const policy = await withEgress('sdance-ai', { hosts: ['127.0.0.1'] });
  const fields = [{ path: 'email', category: 'account.contact' }];
  const rule = { recipient: 'authorities', hosts: [], onUnlisted: 'strip', onPersonal: 'strip', fields } as const;
  const egress = [...(policy.inventory.egress ?? []), rule];
  the = await scene({ policy: { ...policy, inventory: { ...policy.inventory, egress } } });
  kept = the.kept;
  ann = await aPerson(the, 'ann@example.org', { videos: 2, saved: 2 });
  subject = ann.key;
  ({ agent: staff, lead } = await twoStaff(kept));
});
afterAll(() => the.close());

const skip = (because: Decision['because']): string => because.map(({ clause }) => clause).join();
const agree = async (): Promise<void> => {
  await kept.consents.give(subject, 'training', 'settings');
  the.clock.forward({ seconds: 1 });
};
const disagree = async (): Promise<void> => {
  await kept.consents.withdraw(subject, 'training', 'settings');
  the.clock.forward({ seconds: 1 });
};

describe('ask before use', () => {
  test('what is not permitted does not start', async () => {
    const use = async (): Promise<string> => {
      // #region ask
      const decision = await kept.decide({ subject, purpose: 'training', category: 'generation.output' });
      if (decision.outcome !== 'permitted') return skip(decision.because);
      // #endregion ask
      return 'used';
    };
    expect(await use()).toBe('sdance-ai.never.training-without-consent');
    await agree();
    expect(await use()).toBe('used');
    await disagree();
  });

  test('nor does it where it waited and the answer has changed', async () => {
    const learned: string[] = [];
    const learnFrom = async (whose: string): Promise<unknown> => learned.push(whose);
    const agenda = new Agenda({ backend: new MongoBackend({ mongo: the.db as never }) });
    await agenda.ready;
    // #region queue
    const training = askedAgain<{ subject: string }>(kept, {
      name: 'train',
      questionOf: ({ subject }) => ({ subject, purpose: 'training', category: 'generation.output' }),
      work: ({ subject }) => learnFrom(subject),
    });
    agenda.define<{ subject: string }>('train', (job) => training.run(job));

    const { outcome } = await training.enqueue(agenda, { subject });
    // #endregion queue
    expect(outcome).toBe('forbidden');
    await agree();
    expect((await training.enqueue(agenda, { subject })).outcome).toBe('permitted');
    const [job] = await the.db.collection('agendaJobs').find({ name: 'train' }).toArray();
    const attrs = { _id: job?._id, data: { subject }, lastRunAt: the.clock.now() };
    const run = (): Promise<void> => training.run({ attrs, schedule: () => undefined });
    await run();
    await disagree();
    await run();
    expect(learned).toEqual([subject]);
  });

  test('a set is built of what may be used, and what must go from it again is listed', async () => {
    await agree();
    const categories = ['generation.output'];
    const items = [subject, 'somebody else'].map((owner, at) => ({ subject: owner, record: `v${at}`, categories }));
    const written: string[] = [];
    const takenOut: string[] = [];
    const write = async ({ record }: { record: string }): Promise<unknown> => written.push(record);
    const takeOut = async (record: string): Promise<unknown> => takenOut.push(record);
    const nightly = async (): Promise<void> => {
      // #region set
      for await (const item of kept.uses.build({ purpose: 'training', set: 'spring', items })) await write(item);

      for await (const { record, allowed } of kept.uses.stillAllowed('spring')) if (!allowed) await takeOut(record);
      // #endregion set
    };
    await nightly();
    expect([written, takenOut]).toEqual([['v0'], []]);
    await disagree();
    await nightly();
    expect([written, takenOut]).toEqual([['v0'], ['v0']]);
  });
});

describe('let data leave', () => {
  const id = 'g-1';

  test('what the list names leaves, and nothing of the person', async () => {
    const body = { prompt: 'A kite, by ann@example.org', user: { id: 7 } };
    // #region leave
    const payload = await kept.egress('fal-ai', { subject, generation: id }).pass(body);
    // #endregion leave
    expect(payload).toEqual({ prompt: 'A kite, by [removed]' });
  });

  test('over the network and as a stream', async () => {
    const seen: string[] = [];
    const server = createServer(async (req, res) => {
      for await (const part of req) seen.push(String(part));
      res.end('made');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const provider = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const image = sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } }).jpeg();
    const photo = await image.withExif({ IFD0: { Artist: 'Ann' } }).toBuffer();
    const file = new Blob([new Uint8Array(photo)]);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ prompt: 'A kite', email: 'ann@example.org' });
    // #region fetch
    const gate = kept.egress('fal-ai', { subject, generation: id });
    const answer = await gate.fetch(`${provider}/generate`, { method: 'POST', headers, body });
    const clean = file.stream().pipeThrough(gate.stream('generation.reference', 'image/jpeg'));
    // #endregion fetch
    expect([await answer.text(), seen.join('')]).toEqual(['made', '{"prompt":"A kite"}']);
    const sent = Buffer.from(await new Response(clean as ReadableStream).arrayBuffer());
    expect((await sharp(sent).metadata()).exif).toBeUndefined();
    server.closeAllConnections();
    server.close();
  });

  test('to an authority, under a reference and with the names of two', async () => {
    const email = 'ann@example.org';
    // #region reference
    const order = { subject, purpose: 'legal.obligation', reference: 'AG Berlin 12 Gs 34/26' };
    const asked = { ...order, recipient: 'authorities', categories: ['account.contact'] };
    const { _id: approval } = await kept.disclosures.propose({ ...asked, reason: 'A court orders it', by: staff });
    await kept.disclosures.approve(approval, lead);
    const answer = await kept.egress('authorities', { ...order, approval }).pass({ email });
    // #endregion reference
    expect(answer).toEqual({ email });
  });
});

describe('show data', () => {
  const page = async (): Promise<string> => String(ann.videos[0]);

  test('by a link that its owner made, until it is taken back', async () => {
    const record = await page();
    const ip = '192.0.2.7';
    // #region link
    const { id, token } = await kept.links.create({ subject, collection: 'generations', record });
    const shared = await kept.links.open(token, ip);
    await kept.links.revoke(id, subject);
    // #endregion link
    expect(shared).toMatchObject({ record, part: { fields: expect.arrayContaining(['outputs[].file']) } });
    await expect(kept.links.open(token)).rejects.toMatchObject({ code: 'LINK_NOT_FOUND' });
  });

  test('to staff who say why', async () => {
    const record = await page();
    const refuse = skip;
    const look = async (): Promise<string> => {
      // #region view
      const purpose = 'safety.moderation';
      const reason = 'report K-7F3A2C';
      const view = { by: staff, subject, collection: 'generations', record, purpose, reason };
      const { decision } = await kept.views.open(view);
      if (decision.outcome !== 'permitted') return refuse(decision.because);
      // #endregion view
      return 'shown';
    };
    expect(await look()).toBe('shown');
    expect((await kept.views.of(subject)).items).toMatchObject([{ reason: 'report K-7F3A2C' }]);
  });

  test('to staff who do not, masked', async () => {
    const connection = mongoose.createConnection(process.env.KEPT_TEST_MONGODB_URI ?? '', {
      dbName: the.db.databaseName,
    });
    const { users } = modelsOn(await connection.asPromise());
    const again = await the.restart({ data: connection });
    // #region masked
    const [person] = await users.find({ _id: subject }).setOptions(forPurpose('service.support', { by: staff }));
    // #endregion masked
    expect(person).toMatchObject({ email: 'a•••@e•••.org' });
    expect(again.service).toBe('sdance-ai');
    await connection.close();
  });
});

test('count people, and nobody among them', async () => {
  await using other = await opened('seedance25');
  const features = Object.entries({ 'text to video': 40, 'image to video': 25, 'lip sync': 9, upscale: 5 });
  const used = features.flatMap(([feature, many]) =>
    Array.from({ length: many }, () => ({ userId: new mongoose.mongo.ObjectId(), feature, at: other.clock.now() })),
  );
  const people = used.map(({ userId }) => userId);
  await other.db.collection('users').insertMany(people.map((_id) => ({ _id, email: `${_id}@example.org` })));
  await other.db.collection('interactions').insertMany(used);
  const { kept } = other;
  // #region figures
  const { shown, suppressed } = await kept.figures.count({
    collection: 'interactions',
    by: 'feature',
    purpose: 'analytics.usage',
  });
  // #endregion figures
  expect([shown, suppressed]).toEqual([[{ value: 'text to video', people: 40 }], 3]);
});

async function opened(pack: string): Promise<Scene & AsyncDisposable> {
  const other = await scene({ policy: await loadPack(pack) });
  return { ...other, [Symbol.asyncDispose]: () => other.close() };
}

// #region schemas
test('every field that our models store has a category', async () => {
  const connection = mongoose.createConnection();
  modelsOn(connection);
  expect(compareSchemas(await loadPack('sdance-ai'), connection)).toEqual([]);
});
// #endregion schemas
