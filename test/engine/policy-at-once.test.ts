import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';
import { twoStaff } from './case.ts';
import { LONGER, SHORTER, versionWith, WIDER } from './newVersion.ts';

let the: Scene;
let kept: Kept;
let staff: { agent: string; lead: string };

beforeEach(async () => {
  the = await scene({ policy: versionWith(1) });
  kept = the.kept;
  staff = await twoStaff(kept);
});
afterEach(() => the.close());

/** A worker to whom something happens right before its first change of what stands of policies. */
async function workerDuring(happens: () => Promise<unknown>): Promise<Kept> {
  let pending: typeof happens | undefined;
  const policies = (collection: object): object =>
    new Proxy(collection, {
      get(target, name) {
        const found = Reflect.get(target, name);
        if (name !== 'replaceOne') return typeof found === 'function' ? found.bind(target) : found;
        return async (...args: unknown[]) => {
          const before = pending;
          pending = undefined;
          await before?.();
          return found.apply(target, args);
        };
      },
    });
  const db = new Proxy(the.db, {
    get(target, name) {
      const found = Reflect.get(target, name);
      if (name !== 'collection') return typeof found === 'function' ? found.bind(target) : found;
      return (...args: [string]) => {
        const collection = target.collection(...args);
        return args[0] === 'kept_policies' ? policies(collection) : collection;
      };
    },
  });
  const worker = await the.restart({ data: { db } as never });
  pending = happens;
  return worker;
}

const refusal = (code: string): object => expect.objectContaining({ code });

async function waitingVersion(): Promise<string> {
  const next = versionWith(2, LONGER);
  await kept.policies.propose(next, staff.agent, 'people lose videos');
  await kept.policies.approve(next.hash, staff.agent);
  await kept.policies.approve(next.hash, staff.lead);
  the.clock.forward({ hours: 24 });
  return next.hash;
}

test('a proposal that is withdrawn while a worker is about to make it active stays withdrawn', async () => {
  const hash = await waitingVersion();
  const worker = await workerDuring(() => kept.policies.withdraw(hash, staff.agent, 'it was too much'));
  expect(await worker.policies.advance()).toMatchObject({ activated: 0 });
  expect(await kept.policies.history()).toHaveLength(1);
  expect(await kept.policies.proposals()).toEqual([]);
});

test('a proposal that is becoming active is not withdrawn any more, and becomes active after a crash', async () => {
  const hash = await waitingVersion();
  await the.db
    .collection('kept_policies')
    .updateOne({ _id: `policy-sdance-ai-${hash}` as never }, { $set: { 'proposal.activating': true } });
  await expect(kept.policies.withdraw(hash, staff.agent, 'too late')).rejects.toEqual(refusal('POLICY_CONFLICT'));
  expect(await kept.policies.advance()).toMatchObject({ activated: 1 });
});

test('of workers that make versions active at the same moment one does, and the history has it once', async () => {
  await waitingVersion();
  const workers = [kept, await the.restart(), await the.restart()];
  const done = await Promise.all(workers.map((one) => one.policies.advance()));
  expect(done.reduce((sum, { activated }) => sum + activated, 0)).toBe(1);
  expect(await kept.policies.history()).toMatchObject([{ version: 1 }, { version: 2 }]);
});

test('of two versions that are signed for at the same moment one becomes active, and the other is told so', async () => {
  const versions = [
    versionWith(2, SHORTER),
    versionWith(3, ['keep: { atMost: P30D, from: notice }', 'keep: { atMost: P10D, from: notice }']),
  ];
  for (const one of versions) await kept.policies.propose(one, staff.agent, 'less is enough');
  const workers = [kept, await the.restart()];
  await Promise.allSettled(versions.map(({ hash }, n) => workers[n]?.policies.approve(hash, staff.lead)));
  await Promise.all(workers.map((one) => one.policies.advance()));
  expect(await kept.policies.history()).toHaveLength(2);
  expect(await kept.policies.proposals()).toEqual([]);
});

test('what was compared with a version that is over is not signed for, also before anybody closed it', async () => {
  const [tighter, looser] = [versionWith(2, SHORTER), versionWith(3, LONGER)];
  for (const one of [looser, tighter]) await kept.policies.propose(one, staff.agent, 'the business asks for it');
  await kept.policies.approve(tighter.hash, staff.lead);
  await expect(kept.policies.approve(looser.hash, staff.lead)).rejects.toMatchObject({
    code: 'POLICY_CONFLICT',
    message: 'Another version became active since it was proposed',
  });
});

test('of two people who sign at the same moment both count, and of one who signs twice one does', async () => {
  const next = versionWith(2, WIDER);
  await kept.policies.propose(next, staff.agent, 'fal renders results');
  const other = await the.restart();
  const twice = await Promise.allSettled([kept, other].map((one) => one.policies.approve(next.hash, staff.agent)));
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await kept.policies.proposals()).toMatchObject([{ state: 'open', signatures: [{ by: staff.agent }] }]);
  await kept.policies.withdraw(next.hash, staff.lead, 'again, together');
  await kept.policies.propose(next, staff.agent, 'fal renders results');
  await Promise.all([kept.policies.approve(next.hash, staff.agent), other.policies.approve(next.hash, staff.lead)]);
  expect(await kept.policies.proposals()).toMatchObject([{ state: 'waiting' }]);
});
