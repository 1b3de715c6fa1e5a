import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { settableClock } from '../../packages/core/src/index.ts';
import { aPerson } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';
import { type Installation, installation } from './installation.ts';

const NOW = new Date('2026-03-03T08:00:00Z');
let the: Installation;
beforeEach(async () => {
  the = await installation(NOW);
});
afterEach(() => the.close());

interface Shown {
  id: string;
  status: string;
  decision?: object;
  restrictions: { ground: string }[];
}

const person = () => {
  const scene = { db: the.db, media: the.media, clock: settableClock(NOW) } as unknown as Scene;
  return aPerson(scene, 'mara@example.org');
};

/** A request that its person has confirmed, as the page behind the link leaves it. */
async function confirmed(right: string, by: string): Promise<{ id: string; key: string }> {
  const { address, key } = await person();
  const open = ['request', 'open', '--right', right, '--address', address, '--subject', key, '--by', by];
  const { id } = (await the.kept(open)).json<Shown>();
  const identity = { how: 'staff', at: NOW };
  const set = { $set: { status: 'verified', subject: key, identity } };
  await the.db.collection('kept_requests').updateOne({ _id: id as never }, set);
  return { id, key };
}

const run = async (id: string) => (await the.kept(['request', 'run', id])).json<Shown>();

describe('kept request decide', () => {
  test('a correction is read from a file, and is carried out with the next run', async () => {
    const agent = await the.staff('ada', 'agent');
    const { id } = await confirmed('rectification', agent);
    await the.put('it.json', '{"corrections":[{"collection":"users","field":"name","value":"Mara Berg"}]}');
    const { code, json } = await the.kept(['request', 'decide', id, '--decision', 'it.json', '--by', agent]);
    expect([code, json()]).toMatchObject([0, { status: 'decided', decision: { right: 'rectification' } }]);
    expect(await run(id)).toMatchObject({ status: 'fulfilled' });
    expect(await the.db.collection('users').countDocuments({ name: 'Mara Berg' })).toBe(1);
  });

  test('a complaint is decided by outcome and reason', async () => {
    const [agent, lead] = [await the.staff('ada', 'agent'), await the.staff('lin', 'lead')];
    const { id } = await confirmed('complaint', agent);
    const decide = ['request', 'decide', id, '--outcome', 'rejected', '--reason', 'We did answer.', '--by'];
    expect((await the.kept([...decide, agent])).err).toContain('Only a privacy lead may do this');
    expect((await the.kept([...decide, lead])).json()).toMatchObject({
      decision: { right: 'complaint', outcome: 'rejected' },
    });
  });

  test.each([
    [['--decision', 'none.json'], 'no file none.json'],
    [['--decision', 'bad.json'], 'no decision'],
    [['--outcome', 'perhaps', '--reason', 'Because.'], 'no decision on a complaint'],
    [['--outcome', 'upheld'], 'reason'],
    [[], '--outcome is missing'],
  ])('%j is a wrong question, said in one line, and nothing is decided', async (more, said) => {
    const lead = await the.staff('lin', 'lead');
    const { id } = await confirmed('complaint', lead);
    await the.put('bad.json', '[1]');
    const { code, err, out } = await the.kept(['request', 'decide', id, ...more, '--by', lead]);
    expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(err).toContain(said);
    expect((await the.kept(['request', 'show', id])).json()).toMatchObject({ status: 'verified' });
  });
});

test('a request is taken back on the word of its person, once, and shown as that', async () => {
  const agent = await the.staff('ada', 'agent');
  const { id } = await confirmed('erasure', agent);
  expect((await the.kept(['request', 'withdraw', id, '--by', agent])).json()).toMatchObject({ status: 'withdrawn' });
  expect((await the.kept(['request', 'show', id])).json()).toMatchObject({ withdrawnBy: expect.any(String) });
  expect((await run(id)).status).toBe('withdrawn');
});

test('a copy is made, its state is shown, and no command hands it to staff', async () => {
  const agent = await the.staff('ada', 'agent');
  const { id } = await confirmed('access', agent);
  expect((await the.kept(['request', 'package', id])).code).toBe(2);
  expect(await run(id)).toMatchObject({ status: 'fulfilled', handedOver: { by: expect.any(String) } });
  const { code, json, out } = await the.kept(['request', 'package', id]);
  expect([code, json()]).toMatchObject([0, { state: 'ready', parts: [{ number: 1 }] }]);
  expect(out).not.toContain('/package/');
});

test('a rehearsal counts what is there, and neither writes nor sends', async () => {
  const { key } = await person();
  await the.kept(['request', 'list']);
  const count = async () => {
    const names = (await the.db.listCollections().toArray()).map(({ name }) => name).sort();
    return Promise.all(names.map(async (name) => [name, await the.db.collection(name).countDocuments()]));
  };
  const before = await count();
  const { code, json } = await the.kept(['request', 'rehearse', '--right', 'erasure', '--subject', key]);
  const rehearsal = json<{ way: string; plan: object[] }>();
  expect([code, rehearsal.way, rehearsal.plan.length > 0]).toEqual([0, 'approved', true]);
  expect(await count()).toEqual(before);
});

test('a test request goes the whole way, and its letters go to whoever opened it', async () => {
  const { key } = await person();
  const agent = await the.staff('ada', 'agent');
  const open = ['request', 'open', '--test', '--right', 'access', '--subject', key, '--by', agent];
  const { id } = (await the.kept(open)).json<Shown>();
  expect(await run(id)).toMatchObject({ test: true, status: 'fulfilled', rehearsal: { right: 'access' } });
  const letters = await the.db.collection('kept_outbox').find().toArray();
  expect([letters.length > 0, letters.filter(({ to }) => !JSON.stringify(to).includes(agent))]).toEqual([true, []]);
  expect((await the.kept([...open, '--address', 'mara@example.org'])).code).toBe(2);
});

test('a restriction is shown, and is lifted by a lead', async () => {
  const [agent, lead] = [await the.staff('ada', 'agent'), await the.staff('lin', 'lead')];
  const { id } = await confirmed('restriction', agent);
  expect((await run(id)).restrictions).toHaveLength(1);
  expect((await the.kept(['request', 'lift', id, '--by', agent])).code).toBe(2);
  expect((await the.kept(['request', 'lift', id, '--by', lead])).code).toBe(0);
  expect((await the.kept(['request', 'lift', id, '--by', lead])).err).toContain('No such restriction stands');
});

test('a refusal stands on a ground of the law, or on an article of it', async () => {
  const lead = await the.staff('lin', 'lead');
  const { id } = await confirmed('access', lead);
  const refuse = ['request', 'refuse', id, '--reason', 'Asked each day.', '--by', lead];
  expect((await the.kept(refuse)).code).toBe(2);
  expect((await the.kept([...refuse, '--ground', 'no-such-ground'])).code).toBe(2);
  expect((await the.kept([...refuse, '--article', 'Art 12(5)(b) GDPR'])).json()).toMatchObject({ status: 'refused' });
});
