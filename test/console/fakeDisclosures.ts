import { type DisclosureProposal, type Kept, KeptError } from '../../packages/console/src/kept.ts';
import { NOW, stored } from './scene.ts';

const scope = {
  recipient: 'authorities',
  subject: 'u-17',
  categories: ['account.contact'],
  purpose: 'legal.obligation',
  reference: 'AG Berlin 12 Gs 34/26',
  reason: 'A court orders it',
  hash: 'c'.repeat(64),
};

/** Proposals of disclosures; what the policy says to them is for the tests of the engine. */
export function fakeDisclosures(now: () => Date): Partial<Kept['disclosures']> {
  const proposal = (id: string, by: string, more: Partial<DisclosureProposal> = {}): DisclosureProposal => ({
    ...stored(id),
    ...scope,
    by,
    at: NOW,
    ...more,
  });
  const all = [
    proposal('d-by-ben', 'staff-ben'),
    proposal('d-by-ada', 'staff-ada'),
    proposal('d-by-cleo', 'staff-cleo'),
    proposal('d-signed', 'staff-ben', {
      approved: { by: 'staff-cleo', at: NOW, until: new Date(NOW.getTime() + 86_400_000) },
    }),
    proposal('d-done', 'staff-ben', { used: { disclosure: 'x', at: NOW }, closedAt: NOW }),
  ];
  const change = async (id: string, more: Partial<DisclosureProposal>): Promise<DisclosureProposal> => {
    const at = all.findIndex(({ _id }) => _id === id);
    const found = all[at];
    if (!found) throw new KeptError('PROPOSAL_NOT_FOUND', 'No', { place: 'fake', remedy: 'Look again.' });
    all[at] = { ...found, ...more };
    return all[at];
  };
  return {
    proposals: async ({ status } = {}) => {
      const items = all.filter(({ closedAt }) => (closedAt === undefined) === (status === 'open'));
      return { items, total: items.length };
    },
    propose: async ({ by, ...asked }) => {
      const made = proposal(`d-${all.length}`, by, { ...asked, at: now() });
      all.unshift(made);
      return made;
    },
    approve: (id, by) => change(id, { approved: { by, at: now(), until: new Date(now().getTime() + 86_400_000) } }),
    withdraw: (id, by) => change(id, { withdrawn: { by, at: now() }, closedAt: now() }),
  };
}
