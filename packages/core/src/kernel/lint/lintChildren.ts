import type { Regime } from '../clock/regime.ts';
import type { Policy } from '../policy/policy.ts';
import { minimumAgeAt } from '../residence/minimumAgeAt.ts';
import { finding, type LintFinding } from './lintFinding.ts';

/** Ages that lie below those of the statutes; one finding a regime. */
export function lintChildren({ children }: Policy, regimes: readonly Regime[]): LintFinding[] {
  if (children === undefined) return [];
  return regimes.flatMap((regime) => {
    const { id, residents, children: statute } = regime;
    if (statute === undefined) return [];
    const below = residents.filter((code) => {
      const wanted = minimumAgeAt(code, { byCountry: {}, ...statute });
      return minimumAgeAt(code, children) < wanted;
    });
    if (below.length === 0) return [];
    const unread = statute.unverified === true ? ', unverified' : '';
    const message = `the age is below that of ${id} (${statute.article}${unread}) in ${below.join(', ')}`;
    const place = { where: 'children.minimum-age', clause: children.clause };
    return [finding('CHILDREN_BELOW_STATUTE', place, message, 'raise minimumAge:, or the ages under byCountry:')];
  });
}
