import { insteadOf } from '../policy/nearestWord.ts';
import { text } from '../policy/plainShape.ts';
import type { Policy } from '../policy/policy.ts';
import { rulesOf } from '../policy/ruleIds.ts';
import { mapOf } from '../policy/shape.ts';
import type { Mistake, PolicySource } from '../policy/source.ts';
import { below, inOrder, mistake, spotOf } from '../policy/spot.ts';
import type { RuleLabels } from './noticeLabels.ts';

const PARTS = ['source', 'ground', 'text'];

/** Reads what a pack's rules are called in another language; a label of a rule that is not there is a mistake. */
export function ruleLabels(
  source: PolicySource,
  policy: Policy,
): { readonly labels: RuleLabels; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const spot = spotOf(source, mistakes, ['labels']);
  const labels = mapOf(text)((Object(source.data) as { labels?: unknown }).labels ?? {}, spot) ?? {};
  const ids = rulesOf(policy).map(({ id }) => id);
  for (const key of Object.keys(labels)) {
    const rule = PARTS.reduce(
      (name, part) => (name.endsWith(`.${part}`) ? name.slice(0, -part.length - 1) : name),
      key,
    );
    if (ids.includes(key) || ids.includes(rule)) continue;
    mistake(below(spot, key), 'UNKNOWN_WORD', `label of an unknown rule "${key}"`, insteadOf(rule, ids));
  }
  return { labels, mistakes: inOrder(mistakes) };
}
