import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { keyIdOf, partKey, type StoredPackage } from '../../packages/core/src/engine/packages/storedPackage.ts';
import { again, DELETE, mail, twoStaff } from '../engine/case.ts';
import { unzip, whole } from '../packages/packing.ts';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { mortalEdges } from './mortalEdges.ts';
import { emptied, type Stage } from './outcome.ts';

const ANN = 'ann@example.org';
const BEN = 'ben@example.org';
const BOTH = `Hello, please send me a copy of all data that you have about me. ${DELETE}`;
const EXPORT = 'Please export my data as JSON so that I can take it to another service.';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

interface Cast {
  readonly people: readonly Person[];
  /** What they have fetched and read through, by right. */
  readonly hands: Map<string, readonly string[]>;
}

/** Ann, who wants a copy and then an erasure, and Ben, who takes his data elsewhere and misses a file. */
async function cast(stage: Stage, kept: Kept): Promise<Cast> {
  await twoStaff(kept);
  const ann = await aPerson(stage, ANN, { videos: 1, logs: 1, payments: 1 });
  const ben = await aPerson(stage, BEN, { videos: 1, logs: 0, payments: 0 });
  await stage.media.remove([`uploads/${ben.videos[0]}.png`]);
  for (const [address, text] of [
    [ANN, BOTH],
    [BEN, EXPORT],
  ] as const) {
    await mail(kept, address, text);
    await kept.requests.advance();
  }
  return { people: [ann, ben], hands: new Map() };
}

/** What workers, staff and the two do until all is done; what was done before is not done again. */
async function live(stage: Stage, kept: Kept, { people, hands }: Cast): Promise<void> {
  await kept.outbox.deliver();
  for (const { to, text } of stage.mailer.sent) {
    const token = to === ANN || to === BEN ? /\/confirm\/(\S+)/.exec(text)?.[1] : undefined;
    if (token && (await kept.requests.peekConfirmation(token))?.state === 'usable') await kept.requests.confirm(token);
  }
  await kept.requests.advance();
  await approveAll(kept);
  await kept.outbox.deliver();
  for (const { key } of people) await fetchAll(kept, key, hands);
  await kept.packages.expire();
  await kept.requests.advance();
  await kept.outbox.deliver();
}

async function approveAll(kept: Kept): Promise<void> {
  const { agent, lead } = await twoStaff(kept);
  for (const { _id } of (await kept.requests.list()).items) {
    const previewed = await again(kept, _id);
    if (previewed.status === 'previewed') await kept.requests.propose(_id, agent, previewed.preview.hash);
    const proposed = await again(kept, _id);
    if (proposed.status === 'proposed') await kept.requests.approve(_id, lead, proposed.preview.hash);
  }
}

async function fetchAll(kept: Kept, subject: string, hands: Cast['hands']): Promise<void> {
  for (const { id, right, state, parts, deliveredAt } of await kept.packages.of(subject)) {
    if (state !== 'ready' || deliveredAt) continue;
    const names: string[] = [];
    for (const { number } of parts) {
      await kept.packages.ask({ subject, id }, number);
      const { content, ended, bytes } = await kept.packages.download({ subject, id }, number);
      names.push(...(await unzip(await whole(content))).keys());
      // What they have they have, whoever dies before that is noted.
      hands.set(right, names.map((name) => name.replace(/[0-9a-f]{24}/g, '*')).sort());
      await ended(bytes);
    }
  }
}

async function run(mortal: Life): Promise<object> {
  const stage = await emptied(the);
  const people = await cast(stage, await stage.restart());
  const dying = async (work: (kept: Kept) => Promise<unknown>): Promise<void> => {
    if (mortal.dead) return;
    try {
      await work(await stage.restart(mortalEdges(mortal, stage)));
    } catch (error) {
      if (!mortal.dead) throw error;
    }
  };

  await dying((kept) => live(stage, kept, people));
  // The dead worker's leases run out, and what waits for another attempt is due.
  stage.clock.forward({ minutes: 10 });
  const next = await stage.restart();
  await live(stage, next, people);
  await live(stage, next, people);
  const ready = (await next.packages.of(people.people[1]?.key ?? '')).map(({ state }) => state);

  stage.clock.forward({ days: 15 });
  await dying((kept) => kept.packages.expire());
  await next.packages.expire();
  return { ready, ...(await outcomeOf(stage, next, people)) };
}

async function outcomeOf({ db, keys, packages, mailer }: Stage, kept: Kept, { hands }: Cast): Promise<object> {
  await kept.evidence.sequence();
  const { items } = await kept.requests.list();
  const stored = await db.collection<StoredPackage>('kept_packages').find().toArray();
  return {
    ended: items.map(({ right, status, answerSentAt }) => `${right} ${status} ${answerSentAt !== undefined}`).sort(),
    hands: Object.fromEntries([...hands].sort()),
    users: await db.collection('users').distinct('email'),
    packages: stored.map(({ right, state }) => `${right} ${state}`),
    parts: await Promise.all(stored.map(({ _id, parts: [one] }) => packages.has(partKey(_id, 1, one?.attempt ?? '')))),
    keys: (await Promise.all(stored.map(({ _id }) => keys.get(keyIdOf(_id))))).filter(Boolean).length,
    letters: [
      ...new Map(mailer.sent.map(({ messageId, to, subjectLine }) => [messageId, `${to}: ${subjectLine}`])).values(),
    ]
      .map((line) => line.replace(/ \(K-.*/, ''))
      .sort(),
    findings: (await kept.findings.open()).map(({ code }) => code),
    delivered: (await kept.evidence.entries()).filter(({ type }) => type === 'PackageReady').length,
    proved: (await kept.evidence.verify()).ok,
  };
}

test(
  'copies are made, fetched, followed by the erasure that waits for them, and ended, the same whenever a process dies',
  async () => {
    const calm = await calmly('copies', run);
    expect(calm.outcome).toMatchObject({
      ready: ['ready'],
      ended: ['access fulfilled true', 'erasure fulfilled true', 'portability partly-fulfilled true'],
      hands: {
        access: expect.arrayContaining(['index.html']),
        portability: expect.arrayContaining(['data/users.csv']),
      },
      users: [BEN],
      packages: ['portability expired'],
      parts: [false],
      keys: 0,
      proved: true,
      findings: [],
    });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
