import { insteadOf } from '../policy/nearestWord.ts';
import { text } from '../policy/plainShape.ts';
import type { Policy } from '../policy/policy.ts';
import { rulesOf } from '../policy/ruleIds.ts';
import { fields, mapOf, maybe } from '../policy/shape.ts';
import type { Mistake, PolicySource } from '../policy/source.ts';
import { below, inOrder, mistake, spotOf } from '../policy/spot.ts';
import type { RuleLabels } from './noticeLabels.ts';

const PARTS = ['source', 'ground', 'text'];

const file = fields<{ labels?: RuleLabels }>({ labels: maybe(mapOf(text)) });

/** Reads what a pack's rules are called in another language; a label of a rule that is not there is a mistake. */
export function ruleLabels(
  source: PolicySource,
  policy: Policy,
): { readonly labels: RuleLabels; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const root = spotOf(source, mistakes);
  const spot = below(root, 'labels');
  const { labels = {} } = file(source.data ?? {}, root) ?? {};
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
