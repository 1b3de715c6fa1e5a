import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { again, approved, approvedErasure, twoStaff } from '../engine/case.ts';
import { casework } from '../engine/casework.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { emptied } from './outcome.ts';

let house: Scene;
let the: Scene;
const { somebody, has, lettersTo, finish } = casework(() => the);

beforeAll(async () => {
  house = await scene();
});
afterAll(() => house.close());

/** A hold is lifted; one process dies while it reopens what the hold had stopped and erases it, another goes on. */
async function run(mortal: Life): Promise<object> {
  const stage = await emptied(house);
  the = { ...stage, kept: await stage.restart() };
  const { kept } = the;
  const who = await somebody();
  const hold = await kept.holds.place({
    kind: 'legal',
    ground: 'claim',
    by: 'lin',
    subject: who.key,
    collection: 'generations',
  });
  const id = await approvedErasure(the, kept, who.address);
  await finish();
  await kept.holds.lift(hold, 'lin');

  try {
    const doomed = await the.restart({ data: { db: mortal.database(the.db) } });
    await doomed.requests.advance();
    await approved(doomed, id);
    await doomed.requests.advance();
  } catch (error) {
    if (!mortal.dead) throw error;
  }
  the.clock.forward({ minutes: 6 });
  await kept.requests.advance();
  const resumed = await again(kept, id);
  expect(resumed.round).toBe(2);
  if (resumed.status === 'previewed') await approved(kept, id);
  // The process died between the two people.
  if (resumed.status === 'proposed') {
    await kept.requests.approve(id, (await twoStaff(kept)).lead, resumed.proposal.hash);
  }
  await finish();

  const request = await again(kept, id);
  return {
    status: request.status,
    videos: await has('generations', who),
    ticket: (await kept.tickets.get(request.ticket))?.status,
    letters: lettersTo(who.address).slice(2),
    receipts: await the.db.collection('kept_receipts').countDocuments({ request: { $in: [id, `${id}-2`] } }),
    findings: (await kept.findings.open()).map(({ code }) => code),
    evidence: (await kept.evidence.verify()).ok,
  };
}

test(
  'a process killed while it goes on with what a hold had stopped leaves one case, one second receipt and one second letter',
  async () => {
    const calm = await calmly('resumed erasure', run);
    expect(calm.outcome).toEqual({
      status: 'fulfilled',
      videos: 0,
      ticket: 'closed',
      letters: ['Your request could be met in part', 'Your data has been erased'],
      receipts: 2,
      findings: [],
      evidence: true,
    });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
