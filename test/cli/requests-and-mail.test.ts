import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { settableClock } from '../../packages/core/src/index.ts';
import { aPerson, aVideo, rawMail } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';
import { type Installation, installation } from './installation.ts';

const NOW = new Date('2026-03-03T08:00:00Z');
let the: Installation;
beforeEach(async () => {
  the = await installation(NOW);
});
afterEach(() => the.close());

const scene = (): Scene => ({ db: the.db, media: the.media, clock: settableClock(NOW) }) as unknown as Scene;

interface Shown {
  id: string;
  status: string;
  preview: { hash: string; lines: { collection: string; action: string; count: number }[] };
}

/** A request whose person confirmed it, as the page behind the link leaves it. */
async function aConfirmedErasure(): Promise<{ id: string; agent: string; lead: string }> {
  const mara = await aPerson(scene(), 'mara@example.org');
  const agent = await the.staff('ada', 'agent');
  const lead = await the.staff('lin', 'lead');
  const open = [
    'request',
    'open',
    '--right',
    'erasure',
    '--address',
    mara.address,
    '--subject',
    mara.key,
    '--by',
    agent,
  ];
  const { id } = (await the.kept(open)).json<Shown>();
  const identity = { how: 'staff', at: NOW };
  await the.db
    .collection('kept_requests')
    .updateOne({ _id: id as never }, { $set: { status: 'verified', subject: mara.key, identity } });
  return { id, agent, lead };
}

describe('kept request', () => {
  test('sdance-ai.right.deletion: opened, previewed, proposed by one, approved by another, run, and shown as fulfilled', async () => {
    const { id, agent, lead } = await aConfirmedErasure();
    const { preview } = (await the.kept(['request', 'preview', id, '--by', agent])).json<Shown>();
    expect(preview.lines).toContainEqual(
      expect.objectContaining({ collection: 'generations', action: 'erase', count: 3 }),
    );

    const signed = ['--hash', preview.hash, '--by'];
    expect((await the.kept(['request', 'propose', id, ...signed, agent])).json()).toMatchObject({ status: 'proposed' });
    expect((await the.kept(['request', 'approve', id, ...signed, lead])).json()).toMatchObject({ status: 'approved' });
    const run = await the.kept(['request', 'run', id]);
    expect([run.code, run.json<Shown>().status]).toEqual([0, 'fulfilled']);
    expect(await the.db.collection('generations').countDocuments()).toBe(0);

    const { code, json } = await the.kept(['request', 'show', id]);
    expect([code, json()]).toEqual([0, expect.objectContaining({ id, status: 'fulfilled', right: 'erasure' })]);
    expect(json()).not.toHaveProperty('captured');
  });

  test('nobody approves alone, and only a lead approves', async () => {
    const { id, agent, lead } = await aConfirmedErasure();
    const { preview } = (await the.kept(['request', 'preview', id, '--by', lead])).json<Shown>();
    const signed = ['--hash', preview.hash, '--by'];
    await the.kept(['request', 'propose', id, ...signed, lead]);

    const alone = await the.kept(['request', 'approve', id, ...signed, lead]);
    expect([alone.code, alone.out]).toEqual([2, '']);
    expect(alone.err).toContain('A second staff member');
    const agents = await the.kept(['request', 'approve', id, ...signed, agent]);
    expect([agents.code, agents.err]).toEqual([2, expect.stringContaining('Only a privacy lead')]);
    expect((await the.kept(['request', 'show', id])).json()).toMatchObject({ status: 'proposed' });
  });

  test('an approval of another preview is refused', async () => {
    const { id, agent, lead } = await aConfirmedErasure();
    const { preview } = (await the.kept(['request', 'preview', id, '--by', agent])).json<Shown>();
    await the.kept(['request', 'propose', id, '--hash', preview.hash, '--by', agent]);
    expect((await the.kept(['request', 'approve', id, '--hash', 'f'.repeat(64), '--by', lead])).code).toBe(2);
  });

  test('files whose place nobody named stop a run before a record goes', async () => {
    const { id, agent, lead } = await aConfirmedErasure();
    const { preview } = (await the.kept(['request', 'preview', id, '--by', agent])).json<Shown>();
    await the.kept(['request', 'propose', id, '--hash', preview.hash, '--by', agent]);
    await the.kept(['request', 'approve', id, '--hash', preview.hash, '--by', lead]);

    const { code, err } = await the.kept(['request', 'run', id], { KEPT_FILES: '' });
    expect([code, err]).toEqual([2, expect.stringContaining('KEPT_FILES')]);
    expect(await the.db.collection('generations').countDocuments()).toBe(3);
    expect((await the.kept(['request', 'run', id])).json()).toMatchObject({ status: 'fulfilled' });
  });

  test('an extension is the lead’s, with its reason; a refusal has its article and reason', async () => {
    const { id, agent, lead } = await aConfirmedErasure();
    expect((await the.kept(['request', 'extend', id, '--reason', 'Many videos.', '--by', agent])).code).toBe(2);
    const extended = await the.kept(['request', 'extend', id, '--reason', 'Many videos.', '--by', lead]);
    expect(extended.json()).toMatchObject({ extension: { reason: 'Many videos.' } });

    const refuse = ['request', 'refuse', id, '--article', 'Art 12(5)(b) GDPR', '--reason', 'Repeated.', '--by', lead];
    expect((await the.kept(refuse)).json()).toMatchObject({
      status: 'refused',
      refusal: { article: 'Art 12(5)(b) GDPR' },
    });
  });

  test('the list is by due date, and has no names and addresses', async () => {
    const { id } = await aConfirmedErasure();
    const { out, json } = await the.kept(['request', 'list', '--status', 'open']);
    expect(json()).toMatchObject({ total: 1, requests: [{ id, right: 'erasure', dueOn: expect.any(String) }] });
    expect(out).not.toContain('mara@');
    expect((await the.kept(['request', 'list', '--status', 'closed'])).json()).toEqual({ total: 0, requests: [] });
  });

  test('an unknown request and an unknown staff member are wrong questions', async () => {
    expect((await the.kept(['request', 'show', 'R-0'])).err).toContain('kept request list');
    const { id } = await aConfirmedErasure();
    expect((await the.kept(['request', 'preview', id, '--by', 'who@kept.test'])).err).toContain('kept staff');
  });
});

describe('kept mail ingest', () => {
  test('a folder of mails is taken in once, however often it is named', async () => {
    await aPerson(scene(), 'mara@example.org');
    await mkdir(join(the.dir, 'in'));
    await the.put('in/1.eml', rawMail('Mara <mara@example.org>', 'Please delete everything you have about me.'));
    await the.put('in/2.eml', rawMail('Ann <ann@example.org>', 'Which formats can I upload?'));
    await the.put('in/3.eml', '');
    await the.put('in/.hidden', 'not a mail');

    const first = await the.kept(['mail', 'ingest', 'in']);
    expect([first.code, first.json()]).toEqual([0, { stored: 3, duplicate: 0, read: 2, unreadable: 1 }]);
    const second = await the.kept(['mail', 'ingest', 'in']);
    expect(second.json()).toEqual({ stored: 0, duplicate: 3, read: 0, unreadable: 0 });
    expect((await the.kept(['request', 'list'])).json()).toMatchObject({ total: 1, requests: [{ right: 'erasure' }] });
  });

  test('one mail may come on standard input', async () => {
    const raw = rawMail('Ann <ann@example.org>', 'Which formats can I upload?');
    expect((await the.kept(['mail', 'ingest', '-'], {}, raw)).json()).toMatchObject({ stored: 1, read: 1 });
  });

  test('a mail too large to store is left where it is, said, and holds up no other', async () => {
    await mkdir(join(the.dir, 'in'));
    await the.put('in/1.eml', Buffer.alloc(15 * 1024 * 1024 + 1, 'a'));
    await the.put('in/2.eml', rawMail('Ann <ann@example.org>', 'Which formats can I upload?'));
    const { code, err, json } = await the.kept(['mail', 'ingest', 'in']);
    expect([code, json()]).toEqual([1, expect.objectContaining({ stored: 1, read: 1 })]);
    expect(err).toContain('1.eml is too large');
  });
});

describe('kept sweep', () => {
  const DUE = new Date('2026-01-01T00:00:00Z');
  const counts = async (argv: string[], env = {}) => {
    const { code, json } = await the.kept(['sweep', ...argv], env);
    expect(code).toBe(0);
    const { rules } = json<{
      rules: { rule: string; mode: string; collections: { erased: number; due: number }[] }[];
    }>();
    const of = rules.find(({ rule }) => rule === 'generated-videos');
    return [rules.length > 1, of?.mode, of?.collections[0]?.due, of?.collections[0]?.erased];
  };

  test('sdance-ai.retention.videos-30-days: a dry run and observe count, enforce erases', async () => {
    await aVideo(scene(), (await aPerson(scene(), 'mara@example.org')).id, { createdAt: DUE });
    expect(await counts(['--dry-run'])).toEqual([true, expect.any(String), 1, 0]);
    expect(await counts([], { KEPT_MODE: '' })).toEqual([true, 'observe', 1, 0]);
    expect(await the.db.collection('generations').countDocuments()).toBe(4);
    expect(await counts(['--rule', 'generated-videos'])).toEqual([false, 'enforce', 1, 1]);
    expect(await the.db.collection('generations').countDocuments()).toBe(3);
  });

  test('one that stopped goes on once two people have signed for it, and touches nothing before', async () => {
    const { id: userId } = await aPerson(scene(), 'mara@example.org', { videos: 0 });
    const many = Array.from({ length: 1000 }, () => ({ userId, outputs: [], references: [], createdAt: DUE }));
    await the.db.collection('generations').insertMany(many);
    const sweep = async () => (await the.kept(['sweep', '--rule', 'generated-videos'])).code;
    const allow = ['sweep', '--allow', 'generated-videos', '--reason', 'An import.', '--by'];
    const [agent, lead] = [await the.staff('ada', 'agent'), await the.staff('lin', 'lead')];

    expect((await the.kept([...allow, agent])).code).toBe(2);
    expect(await sweep()).toBe(1);
    expect((await the.kept([...allow, agent])).json()).toMatchObject({
      stop: { collection: 'generations', due: 1000, total: 1000 },
      signatures: [{ reason: 'An import.' }],
    });
    expect([await sweep(), await the.db.collection('generations').countDocuments()]).toEqual([1, 1000]);
    expect((await the.kept([...allow, lead])).code).toBe(0);
    expect([await sweep(), await the.db.collection('generations').countDocuments()]).toEqual([0, 0]);
  });

  test('a rule that does not exist is a wrong question', async () => {
    expect((await the.kept(['sweep', '--rule', 'generated-video'])).err).toContain('"generated-videos"');
  });
});

describe('kept staff', () => {
  test('adds a member once, with a password from standard input, and never shows it', async () => {
    const add = ['staff', 'add', '--email', 'Ada@kept.test', '--name', 'Ada', '--role', 'lead'];
    const { code, out, json } = await the.kept(add, {}, 'a long password\n');
    expect([code, json()]).toEqual([0, { id: expect.any(String), email: 'ada@kept.test', name: 'Ada', role: 'lead' }]);
    expect(out).not.toContain('password');
    expect((await the.kept(add, {}, 'a long password\n')).code).toBe(2);
    expect((await the.kept([...add.slice(0, 3), 'x@kept.test', ...add.slice(4)], {}, 'short\n')).err).toContain('12');
    expect((await the.kept(['staff', 'list'])).json()).toMatchObject({
      staff: [{ email: 'ada@kept.test', disabled: false }],
    });
  });

  test('says who has access, and that nobody reviewed it where that is overdue', async () => {
    await the.staff('ada', 'lead');
    const fresh = await the.kept(['staff', 'access']);
    expect([fresh.code, fresh.json()]).toMatchObject([
      0,
      { every: 'P90D', accounts: [{ name: 'ada', overdue: false }] },
    ]);
    const staff = the.db.collection('kept_staff');
    await staff.updateMany({}, { $unset: { addedAt: '' } });
    const late = await the.kept(['staff', 'access']);
    expect([late.code, late.json()]).toMatchObject([1, { accounts: [{ overdue: true }] }]);
  });
});
