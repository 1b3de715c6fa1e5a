import type { Policy } from '../../kernel/policy/policy.ts';
import type { World } from '../world.ts';

/** The version in force, and the earlier ones by which a decision may still fall. */
export function policiesThatBind({ policy, promised }: Pick<World, 'policy' | 'promised'>): Policy[] {
  return [policy, ...promised.map((each) => each.policy)];
}
