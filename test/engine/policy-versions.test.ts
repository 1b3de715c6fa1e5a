import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';
import { twoStaff } from './case.ts';
import { becomesActive, LONGER, SHORTER, versionWith, WIDER } from './newVersion.ts';

let the: Scene;
let kept: Kept;
let staff: { agent: string; lead: string };

const first = versionWith(1);

beforeEach(async () => {
  the = await scene({ policy: first });
  kept = the.kept;
  staff = await twoStaff(kept);
});
afterEach(() => the.close());

const inForce = async (one: Kept = kept): Promise<number> => {
  await one.policies.history();
  return one.policy.version;
};
const refusal = (code: string): object => expect.objectContaining({ code });

describe('a proposal', () => {
  test('that only tightens is active as soon as one privacy lead signs', async () => {
    const next = versionWith(2, SHORTER);
    const proposal = await kept.policies.propose(next, staff.agent, 'less is enough');
    expect(proposal).toMatchObject({
      state: 'open',
      loosens: false,
      counts: { changes: 1, tightening: 1, material: 1 },
    });
    await expect(kept.policies.approve(next.hash, staff.agent)).rejects.toEqual(refusal('APPROVAL_REFUSED'));
    expect(await kept.policies.approve(next.hash, staff.lead)).toMatchObject({ state: 'active' });
    expect(await inForce()).toBe(2);
    expect(await kept.policies.proposals()).toEqual([]);
  });

  test('that loosens needs two people, a lead among them, and stands back for 24 hours', async () => {
    const next = versionWith(2, LONGER);
    await kept.policies.propose(next, staff.agent, 'people lose videos');
    await kept.policies.approve(next.hash, staff.agent);
    await expect(kept.policies.approve(next.hash, staff.agent)).rejects.toEqual(refusal('POLICY_CONFLICT'));
    the.clock.forward({ days: 3 });
    await kept.policies.advance();
    expect(await inForce()).toBe(1);

    const signed = await kept.policies.approve(next.hash, staff.lead);
    expect(signed).toMatchObject({ state: 'waiting', dueAt: new Date(the.clock.now().getTime() + 24 * 3_600_000) });
    the.clock.forward({ hours: 23, minutes: 59 });
    expect(await kept.policies.advance()).toMatchObject({ activated: 0 });
    the.clock.forward({ minutes: 1 });
    expect(await kept.policies.advance()).toMatchObject({ activated: 1 });
    expect(await inForce()).toBe(2);
  });

  test('that loosens is not carried by two people without a lead', async () => {
    const next = versionWith(2, LONGER);
    const other = await kept.staff.add({
      email: 'eve@kept.test',
      name: 'Eve',
      role: 'agent',
      password: 'a long password',
    });
    await kept.policies.propose(next, staff.agent, 'people lose videos');
    await kept.policies.approve(next.hash, staff.agent);
    await expect(kept.policies.approve(next.hash, other._id)).rejects.toEqual(refusal('APPROVAL_REFUSED'));
  });

  test('loses the signatures of people who have left by the time that it would be active', async () => {
    const next = versionWith(2, LONGER);
    await kept.policies.propose(next, staff.agent, 'people lose videos');
    await kept.policies.approve(next.hash, staff.agent);
    await kept.policies.approve(next.hash, staff.lead);
    await the.db
      .collection('kept_staff')
      .updateOne({ _id: staff.lead as never }, { $set: { disabledAt: the.clock.now() } });
    the.clock.forward({ hours: 24 });
    expect(await kept.policies.advance()).toMatchObject({ activated: 0 });
    expect(await kept.policies.proposals()).toMatchObject([{ state: 'open' }]);
    await expect(kept.policies.approve(next.hash, staff.lead)).rejects.toEqual(refusal('APPROVAL_REFUSED'));
  });

  test('can be withdrawn while it stands back, and proposed again', async () => {
    const next = versionWith(2, LONGER);
    await kept.policies.propose(next, staff.agent, 'people lose videos');
    await kept.policies.approve(next.hash, staff.agent);
    await kept.policies.approve(next.hash, staff.lead);
    expect(await kept.policies.withdraw(next.hash, staff.agent, 'we think again')).toMatchObject({
      state: 'withdrawn',
    });
    the.clock.forward({ days: 2 });
    await kept.policies.advance();
    expect(await inForce()).toBe(1);
    await expect(kept.policies.approve(next.hash, staff.lead)).rejects.toEqual(refusal('POLICY_CONFLICT'));

    await kept.policies.propose(next, staff.lead, 'thought again');
    expect(await kept.policies.proposals()).toMatchObject([{ state: 'open', signatures: [], reason: 'thought again' }]);
  });

  test('is compared with the version that it was made against, and with no other', async () => {
    const [tighter, looser] = [versionWith(2, SHORTER), versionWith(3, LONGER)];
    await kept.policies.propose(looser, staff.agent, 'people lose videos');
    await becomesActive(the, kept, tighter);
    await expect(kept.policies.approve(looser.hash, staff.lead)).rejects.toEqual(refusal('POLICY_CONFLICT'));
    expect(await kept.policies.proposals()).toEqual([]);
    expect(await kept.findings.open()).toMatchObject([{ code: 'PROPOSAL_STALE' }]);
    expect((await kept.policies.propose(looser, staff.agent, 'people lose videos')).changes).toEqual([
      expect.objectContaining({ text: 'Generations: kept at most 60 days instead of 20 days' }),
    ]);
    expect(await kept.findings.open()).toEqual([]);
  });

  test('of another pack, of no higher version, without a reason or by a stranger is refused', async () => {
    const next = versionWith(2, LONGER);
    const other = { ...next, pack: 'seedance25' };
    await expect(kept.policies.propose(other, staff.agent, 'r')).rejects.toEqual(refusal('POLICY_INVALID'));
    await expect(kept.policies.propose(versionWith(1, LONGER), staff.agent, 'r')).rejects.toEqual(
      refusal('POLICY_CONFLICT'),
    );
    await expect(kept.policies.propose(first, staff.agent, 'r')).rejects.toEqual(refusal('POLICY_CONFLICT'));
    await expect(kept.policies.propose(next, staff.agent, ' ')).rejects.toEqual(refusal('REASON_INVALID'));
    await expect(kept.policies.propose(next, 'nobody', 'r')).rejects.toEqual(refusal('APPROVAL_REFUSED'));
    await expect(kept.policies.approve(next.hash, staff.lead)).rejects.toEqual(refusal('PROPOSAL_NOT_FOUND'));
    await expect(kept.policies.withdraw(next.hash, staff.lead, 'r')).rejects.toEqual(refusal('PROPOSAL_NOT_FOUND'));
  });

  test('that takes a period away, so that nothing could keep the promise, is refused', async () => {
    const whole = versionWith(2);
    const next = { ...whole, retention: whole.retention.filter(({ id }) => id !== 'api-logs'), hash: 'f'.repeat(64) };
    await expect(kept.policies.propose(next, staff.agent, 'r')).rejects.toEqual(refusal('POLICY_INVALID'));
  });

  test('stands in the evidence from its first day, with counts and without names', async () => {
    const next = versionWith(2, LONGER, WIDER);
    the.clock.forward({ seconds: 1 });
    await becomesActive(the, kept, next);
    await kept.evidence.sequence();
    const types = (await kept.evidence.entries()).map(({ type }) => type).filter((type) => type.startsWith('Policy'));
    expect(types).toEqual([
      'PolicyActivated',
      'PolicyProposed',
      'PolicyApproved',
      'PolicyApproved',
      'PolicyActivated',
      'PolicyChangeTold',
    ]);
    const details = await the.db.collection('kept_evidenceDetails').find({ 'details.version': 2 }).toArray();
    expect(details.map((each) => each.details)).toContainEqual(
      expect.objectContaining({
        hash: next.hash,
        changes: 2,
        loosening: 2,
        proposed: staff.agent,
        approved: [staff.agent, staff.lead],
      }),
    );
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });
  });
});

test('every worker switches with its next piece of work, and the date of the notice moves', async () => {
  const other = await the.restart();
  await becomesActive(the, kept, versionWith(2, LONGER));
  expect(other.policy.version).toBe(1);
  const decision = await other.decide({
    subject: 'ann',
    purpose: 'service.generation',
    category: 'generation.prompt',
    recipient: 'fal-ai',
    generation: 'g1',
  });
  expect([decision.outcome, other.policy.version]).toEqual(['permitted', 2]);
  expect(other.policy.notice.lastUpdated).toBe('2026-03-04');
});
