import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import type { EndedRequest } from '../../../packages/core/src/engine/rights/executor.ts';
import { portability } from '../../../packages/core/src/engine/rights/portability/portability.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { aPerson } from '../../support/people.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { mail, ticketOfMail } from '../case.ts';
import { copyingWorld, requestOf } from './copying.ts';

let the: Scene;
beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

test('who has data that may not be carried is not told that there is none', async () => {
  const pack = await loadPack('sdance-ai');
  const purposes = pack.purposes.map((each) => ({ ...each, basis: 'legitimate-interests' }));
  const policy = { ...pack, purposes } as Policy;
  const mara = await aPerson(the, 'mara@example.org', { videos: 1 });
  const { _id: ticket } = await ticketOfMail(the, await mail(the.kept, mara.address, 'Let me take my data along.'));
  const world = { ...copyingWorld(the, policy), regimeIds: [] };

  const answerTo = (subject: string) =>
    portability.answer(world, { ...requestOf(subject), right: 'portability', ticket } as unknown as EndedRequest);
  expect(await answerTo(mara.key)).toMatchObject({ letter: 'rights-nothing-found', model: { elsewhere: true } });
  expect(await answerTo('0123456789abcdef01234567')).toMatchObject({ model: { elsewhere: false } });
});
