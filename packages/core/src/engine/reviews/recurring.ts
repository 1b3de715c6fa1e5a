import type { Measure } from '../../kernel/policy/policy.ts';
import type { World } from '../world.ts';

/** Names under which a policy promises what is reviewed here. */
export type ReviewMeasure = 'access-review' | 'assessment';

/** The measure of the policy, where it says how often it recurs. */
export function recurring(world: World, name: ReviewMeasure): (Measure & Required<Pick<Measure, 'every'>>) | undefined {
  const measure = world.policy.security.find((one) => one.name === name);
  return measure?.every && { ...measure, every: measure.every };
}
