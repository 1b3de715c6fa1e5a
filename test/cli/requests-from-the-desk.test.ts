import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { table } from '../../packages/cli/src/commandTable.ts';
import { routes } from '../../packages/console/src/routes.ts';
import { settableClock } from '../../packages/core/src/index.ts';
import { aPerson } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';
import { type Installation, installation } from './installation.ts';

/** What staff do with a request in the console, and the command that does the same; else why there is none. */
const sameBy: Readonly<Record<string, string>> = {
  challenge: 'request challenge',
  preview: 'request preview',
  propose: 'request propose',
  approve: 'request approve',
  answer: 'request answer',
  decide: 'request decide',
  weigh: 'none: it only shows what decide would come to',
  shown: 'request shown',
  look: 'none: who looks at what others made does so signed in, for a reason that is written down',
  'look-again': 'request look',
  leave: 'request look',
  release: 'request release',
  withdraw: 'request withdraw',
  mandate: 'request mandate',
  residence: 'request locate',
  concerns: 'request locate',
  'recipients/:notice/done': 'request told',
  'recipients/:notice/again': 'request told',
  'recipients/:notice/waive': 'request told',
  'restrictions/:hold/name': 'request ground',
  'restrictions/:hold/lift': 'request lift',
  extend: 'request extend',
  refuse: 'request refuse',
};

test('whatever staff do with a request in the console has a command, or it is said why not', () => {
  const known = new Set(table.map(({ name }) => name));
  const done = routes.filter(({ method, path }) => method === 'post' && path.startsWith('/requests/:id/'));
  for (const { path } of done) {
    const same = sameBy[path.slice('/requests/:id/'.length)] ?? `${path} has none`;
    expect(known.has(same) || same.startsWith('none: ') ? 'said' : same).toBe('said');
  }
});

describe('at the desk', () => {
  const NOW = new Date('2026-03-03T08:00:00Z');
  let the: Installation;
  let agent: string;
  let lead: string;
  beforeEach(async () => {
    the = await installation(NOW);
    [agent, lead] = [await the.staff('ada', 'agent'), await the.staff('lin', 'lead')];
  });
  afterEach(() => the.close());

  interface Shown {
    id: string;
    status: string;
    subject?: string;
    regime: string;
    restrictions: { ground: string }[];
    waitsFor?: string;
  }
  const ask = async (...argv: string[]): Promise<Shown> => {
    const { code, err, json } = await the.kept(['request', ...argv]);
    expect([code, err]).toEqual([0, '']);
    return json<Shown>();
  };
  const person = () =>
    aPerson({ db: the.db, media: the.media, clock: settableClock(NOW) } as unknown as Scene, 'mara@example.org');
  const open = async (right: string, address: string, ...more: string[]): Promise<string> =>
    (await ask('open', '--right', right, '--address', address, '--by', agent, ...more)).id;
  const confirmed = async (id: string, key: string): Promise<void> => {
    const set = { status: 'verified', subject: key, identity: { how: 'staff', at: NOW } };
    await the.db.collection('kept_requests').updateOne({ _id: id as never }, { $set: set });
  };

  test('it is said whose account is meant and where they live, and a new link is sent', async () => {
    const { key } = await person();
    const id = await open('access', 'elsewhere@example.net');
    expect((await the.kept(['request', 'locate', id, '--by', agent])).code).toBe(2);
    expect(await ask('locate', id, '--subject', key, '--by', agent)).toMatchObject({
      subject: key,
      status: 'received',
    });
    await ask('run', id);
    await ask('challenge', id, '--by', agent);
    expect(await the.db.collection('kept_requests').findOne({ _id: id as never })).toMatchObject({
      challenge: { number: 2 },
    });
  });

  test('a restriction gets its ground, and recipients are told by hand', async () => {
    const { key, address } = await person();
    await the.db.collection('kept_disclosures').insertOne({
      ...{ _id: 'd-1' as never, service: 'sdance-ai', version: 1, schema: 1, pending: [], outcome: 'made' },
      ...{ subject: key, recipient: 'fal-ai', categories: ['generation.prompt'], generation: 'g-1', at: NOW },
    });
    const id = await open('restriction', address, '--subject', key);
    await confirmed(id, key);
    expect(await ask('run', id)).toMatchObject({ status: 'fulfilled', restrictions: [{ ground: 'not-stated' }] });
    expect(await ask('ground', id, '--ground', 'unlawful', '--by', agent)).toMatchObject({
      restrictions: [{ ground: 'unlawful' }],
    });

    const notices = async () => {
      const { json } = await the.kept(['request', 'recipients', id]);
      return json<{ notices: { id: string; recipient: string; state: string }[] }>().notices;
    };
    const [notice] = await notices();
    expect(notice).toMatchObject({ recipient: 'fal-ai', state: 'queued' });
    const told = (...more: string[]) => the.kept(['request', 'told', id, '--notice', notice?.id ?? '', ...more]);
    expect((await told('--by', agent)).err).toContain('One of three is asked');
    const waive = ['--waive', 'impossible', '--reason', 'It is gone.'];
    expect((await told(...waive, '--by', agent)).err).toContain('Only a privacy lead');
    expect((await told('--done', 'By phone.', '--by', agent)).code).toBe(0);
    expect(await notices()).toMatchObject([{ state: 'confirmed' }]);
    expect((await told(...waive, '--by', lead)).code).toBe(2);
  });

  test('an erasure says for which copy it waits, and a lead lets it go', async () => {
    const { key, address } = await person();
    const [copy, erasure] = [
      await open('access', address, '--subject', key),
      await open('erasure', address, '--subject', key),
    ];
    await confirmed(erasure, key);
    const { preview } = (await ask('run', erasure)) as Shown & { preview: { hash: string } };
    await ask('propose', erasure, '--hash', preview.hash, '--by', agent);
    await ask('approve', erasure, '--hash', preview.hash, '--by', lead);
    await confirmed(copy, key);
    expect(await ask('run', erasure)).toMatchObject({ status: 'approved', waitsFor: copy });
    const release = ['request', 'release', erasure, '--reason', 'She has it by post.', '--by'];
    expect((await the.kept([...release, agent])).err).toContain('Only a privacy lead may do this');
    expect((await the.kept([...release, lead])).code).toBe(0);
    expect(await ask('run', erasure)).toMatchObject({ status: 'fulfilled' });
    const { code, out } = await the.kept(['request', 'receipt', erasure]);
    expect([code, JSON.parse(out)]).toMatchObject([0, { document: { format: 'kept-receipt/1' } }]);
  });
});
