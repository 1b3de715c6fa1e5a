import { localDateOf } from '../clock/localDate.ts';
import type { Decision } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';
import { type AgeRule, leastAges } from '../residence/leastAges.ts';
import { type Newcomer, residenceOf, youngestAge } from './newcomer.ts';

/**
 * Whether somebody may open an account: they are as old as the notice asks for where they live, and as the statute there
 * does where that is older (Art 8 GDPR, 16 CFR 312). Who says nothing of their age is asked where the notice names one.
 * @param statutes the ages of the laws that may be theirs
 * @throws KeptError NEWCOMER_INVALID, DATE_INVALID
 */
export function mayJoin(
  { children, controller }: Pick<Policy, 'children' | 'controller'>,
  statutes: readonly AgeRule[],
  newcomer: Newcomer,
  now: Date,
): Decision {
  const residence = residenceOf(newcomer);
  const age = youngestAge(newcomer, localDateOf(now, controller.zone));
  const ages = leastAges(residence, [...(children ? [children] : []), ...statutes]);
  const [lowest = 0, highest = 0] = [ages[0], ages.at(-1)];
  const because = (text: string): Decision['because'] => [
    { rule: 'children.minimum-age', clause: children?.clause ?? '', text },
  ];
  const answer = (outcome: Decision['outcome'], text: string, missing: readonly string[] = []): Decision => ({
    outcome,
    because: because(text),
    missing,
    terms: [],
  });

  if (age === undefined) {
    if (children === undefined) return answer('permitted', 'the notice names no age, and nothing tells of one');
    return highest > 0
      ? answer('undetermined', `nobody under ${highest} joins, and no age is given`, ['age'])
      : answer('permitted', 'people of every age may join');
  }
  if (age < lowest) return answer('forbidden', `below the age of ${lowest}`);
  if (age >= highest) return answer('permitted', `at least ${highest} years old`);
  return answer('undetermined', `the age of ${age} suffices in some places only`, ['country']);
}
