import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DisclosureProposal, DisclosureScope, Kept } from '@kept/core';
import { demandApproved } from '../../packages/core/src/engine/disclosures/demandApproved.ts';
import { aPerson, DAY, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { approvedErasure, twoStaff } from './case.ts';
import { worldOf } from './worldOf.ts';

let the: Scene;
let kept: Kept;
let mara: Person;
let agent: string;
let lead: string;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  mara = await aPerson(the, 'mara@example.org', { videos: 0, logs: 0, payments: 0 });
  ({ agent, lead } = await twoStaff(kept));
});
afterAll(() => the.close());

const order = (more: Partial<DisclosureScope> = {}): DisclosureScope => ({
  recipient: 'authorities',
  subject: mara.key,
  categories: ['payment.record', 'account.contact'],
  purpose: 'legal.obligation',
  reference: 'AG Berlin 12 Gs 34/26',
  ...more,
});
const propose = (more: Partial<DisclosureScope> = {}, by: string = agent): Promise<DisclosureProposal> =>
  kept.disclosures.propose({ ...order(more), reason: 'A court orders it', by });
const approved = async (more: Partial<DisclosureScope> = {}): Promise<DisclosureProposal> =>
  kept.disclosures.approve((await propose(more))._id, lead);
const use = (approval: string | undefined, disclosure: string, more: Partial<DisclosureScope> = {}): Promise<void> =>
  demandApproved(worldOf(the), { ...order(more), approval, disclosure }, the.clock.now());

describe('a disclosure to an authority', () => {
  test('needs a reference on record (part of sdance-ai.recipient.legal)', async () => {
    await expect(propose({ reference: ' ' })).rejects.toMatchObject({ code: 'INPUT_INVALID', place: 'reference' });
    await expect(kept.disclosures.propose({ ...order(), reason: '', by: agent })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  test('is asked of the policy before anybody signs, and the refusal names the rules', async () => {
    await expect(propose({ categories: ['payment.record', 'generation.model'] })).rejects.toMatchObject({
      code: 'QUESTION_INVALID',
    });
    await expect(propose({ purpose: 'training' })).rejects.toMatchObject({
      code: 'DISCLOSURE_REFUSED',
      remedy: expect.stringContaining('recipients.authorities (sdance-ai.recipient.legal)'),
    });
    await expect(propose({ recipient: 'somebody' })).rejects.toMatchObject({
      code: 'DISCLOSURE_REFUSED',
      remedy: expect.stringContaining('never.unlisted-recipient'),
    });
  });

  test('is approved by a second person, a privacy lead in office (part of sdance-ai.recipient.legal)', async () => {
    const own = await propose({}, lead);
    await expect(kept.disclosures.approve(own._id, lead)).rejects.toMatchObject({ code: 'PROPOSAL_CONFLICT' });
    await expect(kept.disclosures.approve(own._id, agent)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    await expect(propose({}, 'a stranger')).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });

    const proposal = await propose();
    await expect(use(proposal._id, 'd1')).rejects.toMatchObject({ code: 'DISCLOSURE_REFUSED' });
    await expect(kept.disclosures.approve(proposal._id, lead)).resolves.toMatchObject({ approved: { by: lead } });
  });

  test('is exactly the one that was approved, and is made once', async () => {
    const { _id } = await approved();
    const others: Partial<DisclosureScope>[] = [
      { recipient: 'counsel' },
      { subject: 'somebody else' },
      { categories: ['payment.record'] },
      { categories: ['payment.record', 'account.contact', 'account.profile'] },
      { purpose: 'legal.claims' },
      { reference: 'AG Berlin 12 Gs 35/26' },
    ];
    for (const other of others)
      await expect(use(_id, 'd1', other)).rejects.toMatchObject({ code: 'DISCLOSURE_REFUSED' });
    await use(_id, 'd1', { categories: ['account.contact', 'payment.record', 'payment.record'] });
    // The same one goes on after a crash; nothing else rides on the approval.
    await use(_id, 'd1');
    await expect(use(_id, 'd2')).rejects.toMatchObject({ code: 'DISCLOSURE_REFUSED' });
    await expect(use(undefined, 'd1')).rejects.toMatchObject({ code: 'DISCLOSURE_REFUSED' });
    await expect(use({ $ne: null } as never, 'd1')).rejects.toMatchObject({ code: 'DISCLOSURE_REFUSED' });
    await expect(kept.disclosures.withdraw(_id, agent)).rejects.toMatchObject({ code: 'PROPOSAL_CONFLICT' });
  });

  test('of two that use the approval at once, one is made', async () => {
    const { _id } = await approved();
    const both = await Promise.allSettled([use(_id, 'd3'), use(_id, 'd4')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('is made within a week of its approval, or proposed again', async () => {
    const [soon, late] = [await approved(), await approved()];
    const at = the.clock.now().getTime();
    the.clock.set(new Date(at + 7 * DAY - 1));
    await use(soon._id, 'd5');
    the.clock.set(new Date(at + 7 * DAY));
    await expect(use(late._id, 'd6')).rejects.toMatchObject({ code: 'DISCLOSURE_REFUSED' });
    await expect(kept.disclosures.approve(late._id, lead)).rejects.toMatchObject({ code: 'PROPOSAL_CONFLICT' });
  });

  test('is withdrawn by anybody on the staff while it was not made, and then stays so', async () => {
    const { _id } = await approved();
    await kept.disclosures.withdraw(_id, agent);
    await expect(use(_id, 'd6')).rejects.toMatchObject({ code: 'DISCLOSURE_REFUSED' });
    await expect(kept.disclosures.approve(_id, lead)).rejects.toMatchObject({ code: 'PROPOSAL_CONFLICT' });
    const { items } = await kept.disclosures.proposals({ status: 'closed' });
    expect(items.map((each) => each._id)).toContain(_id);
  });

  test('stands in the evidence with who asked, who signed and which paper it was (part of sdance-ai.recipient.legal)', async () => {
    const { _id } = await approved();
    await use(_id, 'd7');
    await kept.evidence.sequence();
    const entries = await kept.evidence.entries({ kind: 'disclosureProposals', id: _id });
    expect(entries.map(({ type }) => type)).toEqual([
      'DisclosureProposed',
      'DisclosureApproved',
      'DisclosureApprovalUsed',
    ]);
    expect((await kept.evidence.verify()).ok).toBe(true);
  });
});

describe('the proposals of a person', () => {
  test('go with the person, and by the rule for disclosures', async () => {
    const gone = await aPerson(the, 'gone@example.org', { videos: 0, logs: 0, payments: 0 });
    const { _id } = await approved({ subject: gone.key });
    const request = await approvedErasure(the, kept, gone.address);
    await kept.requests.run(request);
    expect(await the.db.collection('kept_disclosureProposals').countDocuments({ subject: gone.key })).toBe(0);
    await kept.evidence.sequence();
    expect((await kept.evidence.verify()).ok).toBe(true);
    expect(
      JSON.stringify(
        await the.db
          .collection('kept_evidenceDetails')
          .find({ _id: new RegExp(_id) })
          .toArray(),
      ),
    ).not.toContain(gone.key);

    const stay = await approved();
    the.clock.set(new Date('2029-12-31T22:00:00Z'));
    await kept.retention.sweep({ rule: 'rights-records' });
    expect((await kept.disclosures.proposals()).items.map((each) => each._id)).not.toContain(stay._id);
  });
});

describe('bad input', () => {
  test('that looks like an operator, is too long or too much is refused', async () => {
    const bad: Partial<Record<keyof DisclosureScope, unknown>>[] = [
      { subject: { $ne: null } },
      { recipient: ['authorities'] },
      { reference: 'x'.repeat(201) },
      { categories: 'payment.record' },
      { categories: [] },
      { categories: Array.from({ length: 51 }, () => 'payment.record') },
      { categories: [{ $gt: '' }] },
    ];
    for (const each of bad) {
      await expect(propose(each as Partial<DisclosureScope>)).rejects.toMatchObject({
        code: expect.stringMatching(/^(INPUT|SUBJECT)_INVALID$/),
      });
    }
    await expect(propose({ subject: 'nobody' })).rejects.toMatchObject({ code: 'DISCLOSURE_INVALID' });
    await expect(propose({ recipient: 'creem', purpose: 'service.payment' })).rejects.toMatchObject({
      code: 'DISCLOSURE_INVALID',
    });
    for (const id of ['unknown', { $ne: '' } as never]) {
      await expect(kept.disclosures.approve(id, lead)).rejects.toMatchObject({ code: 'PROPOSAL_NOT_FOUND' });
      await expect(kept.disclosures.withdraw(id, lead)).rejects.toMatchObject({ code: 'PROPOSAL_NOT_FOUND' });
    }
  });
});

describe('a sale', () => {
  test('cannot be proposed to anybody, whatever the paper says', async () => {
    await expect(propose({ purpose: 'sale' })).rejects.toMatchObject({
      code: 'DISCLOSURE_REFUSED',
      remedy: expect.stringContaining('never.sale (sdance-ai.never.sale)'),
    });
    await expect(propose({ purpose: 'marketing.third-party', recipient: 'successor' })).rejects.toMatchObject({
      code: 'DISCLOSURE_REFUSED',
      remedy: expect.stringContaining('never.sale (sdance-ai.never.sale)'),
    });
  });
});
