import type { Policy } from './policy.ts';

/**
 * A short name for people of what several categories are together: the label of a single one, else those of the words
 * that cover them (`Generations` for prompts, pictures and videos), each once.
 */
export function categoryLabel(policy: Policy, names: readonly string[]): string {
  const [only] = names;
  if (names.length === 1 && only)
    return policy.categories.find((each) => each.name === only)?.label ?? wordLabel(policy, only);
  const tops = [...new Set(names.map((name) => name.split('.')[0] ?? name))];
  return tops.map((top) => wordLabel(policy, top)).join(', ');
}

function wordLabel({ vocabulary }: Policy, name: string): string {
  return vocabulary.categories.find((each) => each.name === name)?.label ?? name;
}
