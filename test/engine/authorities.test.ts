import { afterEach, describe, expect, test } from '@jest/globals';
import { loadPack, type Policy } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';
import { twoStaff } from './case.ts';
import { mara } from './egress/gate.ts';

let the: Scene;
afterEach(() => the.close());

/** The pack with a way out to its authorities: what the host hands over when an order comes. */
async function withAuthorities(pack: string): Promise<Policy> {
  const policy = await loadPack(pack);
  const fields = [
    { path: 'email', category: 'account.contact' },
    { path: 'prompt', category: 'generation.prompt' },
  ];
  const rule = { recipient: 'authorities', hosts: [], onUnlisted: 'strip', onPersonal: 'strip', fields } as const;
  return { ...policy, inventory: { ...policy.inventory, egress: [...(policy.inventory.egress ?? []), rule] } };
}

const clauses: Readonly<Record<string, string>> = {
  seedance25: 'seedance25.recipient.authorities',
  'sdance-ai': 'sdance-ai.recipient.legal',
  'seedance-api': 'seedance-api.recipient.legal',
};

describe('an authority', () => {
  test.each(Object.keys(clauses).map((pack) => [clauses[pack] ?? '', pack]))(
    '%s: gets nothing without a legal reference and a second person’s approval, and what it gets is on record',
    async (clause, pack) => {
      the = await scene({ policy: await withAuthorities(pack) });
      const { kept } = the;
      const { agent, lead } = await twoStaff(kept);
      const { subject } = await mara(the);
      const categories = ['account.contact', 'generation.prompt'];
      const order = { subject, purpose: 'legal.obligation', reference: 'AG Berlin 12 Gs 34/26' };
      const pass = (more: object): Promise<unknown> =>
        kept.egress('authorities', { subject, purpose: 'legal.obligation', ...more }).pass(body);
      const body = { email: 'mara.keller@example.org', prompt: 'a red boat', note: 'not listed' };
      const refused = { code: 'EGRESS_REFUSED', because: [expect.objectContaining({ clause })] };

      await expect(pass({})).rejects.toMatchObject(refused);
      await expect(pass(order)).rejects.toMatchObject(refused);
      const asked = { recipient: 'authorities', categories, ...order, reason: 'A court orders it', by: agent };
      const { _id: approval } = await kept.disclosures.propose(asked);
      await expect(pass({ ...order, approval })).rejects.toMatchObject(refused);
      await expect(kept.disclosures.approve(approval, agent)).rejects.toMatchObject({ code: 'PROPOSAL_CONFLICT' });
      await kept.disclosures.approve(approval, lead);
      await expect(pass({ ...order, approval, reference: 'another order' })).rejects.toMatchObject(refused);

      expect(await pass({ ...order, approval })).toEqual({ email: 'mara.keller@example.org', prompt: 'a red boat' });
      await expect(pass({ ...order, approval })).rejects.toMatchObject(refused);

      const log = await kept.disclosures.of(subject);
      expect(log.filter(({ outcome }) => outcome === 'made')).toMatchObject([
        { recipient: 'authorities', purpose: 'legal.obligation', reference: order.reference, approval, categories },
      ]);
      expect(log.filter(({ outcome }) => outcome === 'refused')).toHaveLength(5);
      await kept.evidence.sequence();
      const types = (await kept.evidence.entries()).map(({ type }) => type);
      expect(types).toEqual(
        expect.arrayContaining([
          'DisclosureProposed',
          'DisclosureApproved',
          'DisclosureApprovalUsed',
          'DisclosureMade',
        ]),
      );
    },
  );
});
