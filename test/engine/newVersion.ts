import { createHash } from 'node:crypto';
import type { Kept, Policy } from '@kept/core';
import { type Edit, policyWith } from '../kernel/policy/editedPack.ts';
import type { Scene } from '../support/scene.ts';
import { twoStaff } from './case.ts';

/** The pack sdance-ai as another version, with some of its text changed. */
export function versionWith(version: number, ...edits: readonly Edit[]): Policy {
  const policy = { ...policyWith(...edits), version };
  const hash = createHash('sha256')
    .update(JSON.stringify({ ...policy, hash: '' }))
    .digest('hex');
  return { ...policy, hash };
}

export const LONGER: Edit = ['keep: { atMost: P30D, from: notice }', 'keep: { atMost: P60D, from: notice }'];
export const SHORTER: Edit = ['keep: { atMost: P30D, from: notice }', 'keep: { atMost: P20D, from: notice }'];
/** fal receives results too. */
export const WIDER: Edit = [
  'categories: [generation.prompt, generation.reference, generation.settings]\n    purposes: [service.generation]',
  'categories: [generation]\n    purposes: [service.generation]',
];
export const LABEL: Edit = ['label: Email address', 'label: Mail address'];

/** Proposed by the agent, signed by both, and 24 hours later active. */
export async function becomesActive({ clock }: Pick<Scene, 'clock'>, kept: Kept, policy: Policy): Promise<void> {
  const { agent, lead } = await twoStaff(kept);
  const { loosens } = await kept.policies.propose(policy, agent, 'the business asks for it');
  if (loosens) await kept.policies.approve(policy.hash, agent);
  await kept.policies.approve(policy.hash, lead);
  if (loosens) clock.forward({ hours: 24 });
  await kept.policies.advance();
}
