import type { Regime } from '../clock/regime.ts';
import { cites, groundCited } from '../grounds/groundsFor.ts';
import type { Policy } from '../policy/policy.ts';
import { finding, type LintFinding } from './lintFinding.ts';

/** Records that stay when somebody is erased, on a ground that the law of the controller is not known to have. */
export function lintGrounds({ retention, controller }: Policy, regimes: readonly Regime[]): LintFinding[] {
  const law = regimes.find(({ id }) => id === controller.regime);
  if (law === undefined) return [];
  return retention.flatMap(({ id, clause, ground }) => {
    if (ground === undefined || groundCited(law, 'erasure', ground.article)) return [];
    // That records about requests and choices are kept is a duty of its own.
    if (law.records.some(({ article }) => cites(ground.article, article))) return [];
    const message = `${ground.article} is no ground of ${law.id} to keep records of somebody who is erased`;
    const remedy = `cite one of its refusals of an erasure, or of its records: policies/regimes/${law.id}.yaml has them`;
    return [finding('GROUND_UNKNOWN', { where: `retention.${id}`, clause }, message, remedy)];
  });
}
