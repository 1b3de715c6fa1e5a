import { touches } from '../decide/policyTable.ts';
import type { Policy } from '../policy/policy.ts';
import { rulesOf } from '../policy/ruleIds.ts';
import { finding, type LintFinding } from './lintFinding.ts';

/** Rules that keep no promise, and purposes that use nothing. */
export function lintRules(policy: Policy): LintFinding[] {
  const kept = new Set(policy.clauses.flatMap((clause) => clause.keptBy));
  const unpromised = rulesOf(policy)
    .filter(({ id }) => !kept.has(id))
    .map(({ id, clause }) => {
      const message = `${id} names the clause ${clause}, which is not kept-by it`;
      const remedy = `add ${id} to the kept-by of ${clause}, or of the clause that it keeps`;
      return finding('RULE_WITHOUT_PROMISE', { where: id, clause }, message, remedy);
    });
  const idle = policy.purposes
    .filter((purpose) => !policy.categories.some(({ name }) => purpose.categories.some((word) => touches(word, name))))
    .map(({ name, clause }) => {
      const message = `${name} uses no category that is collected`;
      const remedy = 'name the categories that it needs, or remove the purpose';
      return finding('PURPOSE_REACHES_NOTHING', { where: `purposes.${name}`, clause }, message, remedy);
    });
  return [...unpromised, ...idle];
}
