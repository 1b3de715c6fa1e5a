import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import mongoose from 'mongoose';
import { accessContents } from '../../../packages/core/src/engine/rights/access/accessContents.ts';
import { copyScope } from '../../../packages/core/src/engine/rights/access/copyScope.ts';
import { accessFacts } from '../../../packages/core/src/engine/rights/access/reportFile.ts';
import type { World } from '../../../packages/core/src/engine/world.ts';
import { aPerson, type Person } from '../../support/people.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { mail, ticketOfMail, twoStaff } from '../case.ts';
import { copyingWorld, type Packed, packed, requestOf } from './copying.ts';

const { ObjectId } = mongoose.mongo;

let the: Scene;
let world: World;
let mara: Person;
let all: Packed;

const SECRETS = {
  passwordHash: 'scrypt$secret-of-mara',
  keyHash: 'sha256$key-of-mara',
  token: 'session-token-of-mara',
};
const PROMPT =
  '=HYPERLINK("https://evil.example")<script>alert(1)</script> for bob@example.net, and me mara@example.org';

beforeAll(async () => {
  the = await scene();
  mara = await aPerson(the, 'mara@example.org', { videos: 3, payments: 2 });
  await aPerson(the, 'bob@example.net');
  await the.db.collection('users').updateOne({ _id: mara.id }, { $set: { passwordHash: SECRETS.passwordHash } });
  await the.db.collection('apiKeys').updateOne({ userId: mara.id }, { $set: { hash: SECRETS.keyHash } });
  await the.db
    .collection('sessions')
    .insertOne({ userId: mara.id, tokenHash: SECRETS.token, ip: '192.0.2.7', seenAt: the.clock.now() });
  await the.db
    .collection('generations')
    .updateOne({ _id: mara.videos[0] as never }, { $set: { prompt: PROMPT, unlisted: 'nobody decided on this' } });
  await the.kept.consents.give(mara.key, 'training', 'settings');
  await the.kept.consents.withdraw(mara.key, 'training', 'settings');
  const { agent } = await twoStaff(the.kept);
  const id = await mail(the.kept, mara.address, 'My video is dark. Bob (bob@example.net) says his is not.');
  const ticket = await ticketOfMail(the, id);
  await the.kept.tickets.reply(ticket._id, agent, 'Dear Mara, Ada here: we look into it.');
  await the.kept.tickets.note(ticket._id, agent, 'Lin thinks she is right.');
  world = copyingWorld(the);
  all = await packed(accessContents(world, requestOf(mara.key)));
}, 60_000);
afterAll(() => the.close());

describe('a copy of all data', () => {
  test('has every record of the person that the inventory names, and nobody else’s', () => {
    const rows = (name: string): { id: string; data: Record<string, unknown> }[] => all.json(`data/${name}.json`);
    expect(rows('users').map(({ id }) => id)).toEqual([mara.key]);
    expect(
      rows('generations')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(mara.videos.map(String).sort());
    expect(rows('payments')).toHaveLength(2);
    expect(rows('api-logs')).toHaveLength(4);
    expect(rows('users')[0]?.data).toMatchObject({ email: 'mara@example.org', name: 'Mara L', country: 'DE' });
  });

  test('sdance-ai.collects.api-usage: calls are there by the owner of their key, and the key itself, like a password or the token of a session, is in no file', () => {
    expect(all.json<object[]>('data/api-logs.json')).toHaveLength(4);
    expect(all.json('data/api-keys.json')).toMatchObject([{ data: { name: 'first', last4: 'abcd' } }]);
    for (const [name, bytes] of all.files) {
      for (const secret of Object.values(SECRETS)) expect([name, bytes.includes(secret)]).toEqual([name, false]);
    }
    expect(all.text('index.html')).toContain(
      'Password, as a hash: where there is one of yours, we hold it; it is not shown',
    );
    expect(all.text('index.html')).toContain(
      'API keys, as hashes: where there is one of yours, we hold it; it is not shown',
    );
  });

  test('what the inventory does not name is left out', () => {
    expect(all.text('data/generations.json')).not.toContain('nobody decided on this');
  });

  test('every video is there, byte for byte, with a note that tells its prompt and time', async () => {
    const records = all.json<{ id: string; data: { outputs: { file: string }[] } }[]>('data/generations.json');
    const names = records.flatMap(({ data }) => data.outputs.map(({ file }) => file));
    expect(names.length).toBeGreaterThanOrEqual(3);
    for (const name of names) {
      expect(all.files.get(name)?.byteLength).toBeGreaterThan(0);
      const note = all.json<{ what: string; data: object }>(`${name}.json`);
      expect(note).toMatchObject({ what: 'Generated videos and audio', collection: 'generations' });
      expect(note.data).toHaveProperty('createdAt');
    }
  });

  test('each file of records is valid under the schema beside it', () => {
    const ajv = new Ajv2020({ strict: true });
    for (const name of [...all.files.keys()].filter((each) => each.startsWith('data/'))) {
      const schema = all.json<object>(name.replace('data/', 'schemas/').replace('.json', '.schema.json'));
      const valid = ajv.compile(schema);
      expect([name, valid(all.json(name)), valid.errors]).toEqual([name, true, null]);
    }
  });

  test('an address of somebody else is masked in a prompt, and the log says where and how often, not what', () => {
    expect(all.text('data/generations.json')).toContain('for •••, and me mara@example.org');
    for (const [name, bytes] of all.files) {
      if (name.startsWith('kept/mails/')) continue;
      expect([name, bytes.includes('bob@example.net')]).toEqual([name, false]);
    }
    const log = all.json<{ file: string; field: string; what: string; count: number }[]>('redactions.json');
    expect(log).toContainEqual(
      expect.objectContaining({ file: 'data/generations.json', field: 'prompt', what: 'address', count: 1 }),
    );
  });

  test('the page is a page whatever a prompt says', () => {
    const page = all.text('index.html');
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/src="https?:/);
    const terms = the.kept.policy.recipients.flatMap((recipient) => recipient.terms ?? []);
    const links = [...page.matchAll(/href="(https?:[^"]*)"/g)].map(([, href]) => href);
    expect(links.filter((href) => !terms.includes(href ?? ''))).toEqual([]);
  });

  test('sdance-ai.collects.communications: what was said with support is there, with notes, letters and the mails themselves; names of staff are masked', () => {
    const [conversation] =
      all.json<{ messages: { said: string; from: string; text: string }[] }[]>('kept/conversations.json');
    const text = JSON.stringify(conversation);
    expect(conversation?.messages.map(({ said }) => said)).toEqual(
      expect.arrayContaining(['to us', 'from us', 'internal note']),
    );
    expect(text).toContain('My video is dark');
    expect(text).toContain('Dear Mara, ••• here');
    expect(text).not.toMatch(/Ada|Lin\b/);
    expect([...all.files.keys()].some((name) => name.startsWith('kept/mails/'))).toBe(true);
  });

  test('what was chosen is counted as what it is, and stands beside what it is the ground of', () => {
    const page = all.text('index.html').replaceAll(/\s*<[^>]+>\s*/g, ' ');
    expect(page).toMatch(/Consents given and withdrawn +2 records/);
    expect(page).toMatch(/Objections +nothing/);
    expect(page).toContain('with your consent (Art 6(1)(a) GDPR); you withdrew it on 3 March 2026');
  });

  test('what was chosen is there as it was said', () => {
    expect(all.json('kept/choices.json')).toMatchObject([
      { kind: 'consent', flag: 'training', what: 'given' },
      { kind: 'consent', flag: 'training', what: 'withdrawn' },
    ]);
  });

  test('it goes on from behind any file, through the words of a database, and is the same in the end', async () => {
    const names = [...all.files.keys()];
    for (const at of [0, 3, Math.floor(names.length / 2), names.length - 2]) {
      const rest = await packed(accessContents(world, requestOf(mara.key)), all.places[at]);
      expect([...rest.files.keys()]).toEqual(names.slice(at + 1));
      expect(rest.json('redactions.json')).toEqual(all.json('redactions.json'));
    }
  });
});

describe('on a bad day', () => {
  test('a video that is gone is named, and all others are there', async () => {
    const ivo = await aPerson(the, 'ivo@example.org', { videos: 3 });
    const record = await the.db.collection('generations').findOne({ _id: ivo.videos[1] as never });
    await the.media.remove([record?.outputs[0].file]);
    const { missing, files } = await packed(accessContents(world, requestOf(ivo.key)));
    expect(missing).toHaveLength(1);
    expect([...files.keys()].filter((name) => /^media\/.*\/outputs\.file-1\.mp4$/.test(name))).toHaveLength(2);
  });

  test('somebody of whom nothing is held gets a report that says so', async () => {
    const { files, text } = await packed(accessContents(world, requestOf(new ObjectId().toHexString())));
    expect([...files.keys()]).toEqual(['index.html', 'redactions.json']);
    expect(text('index.html')).toContain('We hold no record of you.');
  });

  test('which record goes first is not claimed where keys do not tell the time', async () => {
    const day = (date: string): Date => new Date(`2026-${date}T00:00:00Z`);
    const lou = await aPerson(the, 'lou@example.org', { videos: 0 });
    const films = [
      { _id: 'a-film', createdAt: day('03-01') },
      { _id: 'b-film', createdAt: day('01-01') },
    ];
    await the.db.collection('generations').insertMany(films.map((film) => ({ ...film, userId: lou.id })) as never);
    const heldOf = async (key: string) => {
      const facts = await accessFacts(world, requestOf(key), await copyScope(world, requestOf(key), 'access'));
      return facts.held.find(({ collection }) => collection.name === 'generations');
    };
    expect(await heldOf(lou.key)).toMatchObject({ records: 2, newest: day('03-01') });
    expect(await heldOf(lou.key)).not.toHaveProperty('oldest');
    expect(await heldOf(mara.key)).toHaveProperty('oldest');
  });

  test('texts of any length and script come back as they were', async () => {
    const zoe = await aPerson(the, 'zoe@example.org', { videos: 1 });
    const prompt = `${'長い文章🦊 '.repeat(50_000)}\u0000\u202e end`;
    await the.db.collection('generations').updateOne({ userId: zoe.id }, { $set: { prompt } });
    const { json, text } = await packed(accessContents(world, requestOf(zoe.key)));
    expect(json<{ data: { prompt: string } }[]>('data/generations.json')[0]?.data.prompt).toBe(prompt);
    expect(text('index.html').length).toBeLessThan(200_000);
  });
});
