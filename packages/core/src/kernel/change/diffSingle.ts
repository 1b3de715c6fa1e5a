import { diffRule, type Versions } from './diffRules.ts';
import type { Judges } from './judge.ts';
import { type PolicyChange, type Said, together } from './policyChange.ts';

/** The differences in a section that is one rule. */
export function single<R extends object>(
  name: string,
  id: string,
  label: string,
  judges: Judges<R>,
  before: R,
  after: R,
  versions: Versions,
): PolicyChange[] {
  return diffRule({ name, judges, idOf: () => id, labelOf: () => label }, before, after, versions);
}

/** The same for one that may be left out: it then stands for what holds where nothing is said. */
export function optional<R extends object>(
  name: string,
  id: string,
  label: string,
  judges: Judges<R>,
  before: R | undefined,
  after: R | undefined,
  versions: Versions,
  unsaid: NoInfer<R>,
): PolicyChange[] {
  if (before !== undefined && after !== undefined) return single(name, id, label, judges, before, after, versions);
  if (before === after) return [];
  const parts = single(name, id, label, judges, before ?? unsaid, after ?? unsaid, versions);
  const meant = parts.filter(({ field }) => field !== 'clause');
  const gone = after === undefined;
  const whole: Said = {
    text: `${label}: ${gone ? 'no longer spoken of' : 'spoken of from now on'}${meant.map(({ text }) => `; ${text}`).join('')}`,
    direction: together(meant.map(({ direction }) => direction)),
    material: meant.some(({ material }) => material),
  };
  const [rule] = [before, after].filter((one) => one !== undefined) as { clause?: string }[];
  return [
    {
      section: name,
      rule: `${name}.${id}`,
      change: gone ? 'removed' : 'added',
      clause: rule?.clause ?? '',
      ...(gone ? { before } : { after }),
      ...whole,
    },
  ];
}
