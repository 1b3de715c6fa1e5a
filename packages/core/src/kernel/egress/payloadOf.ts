import type { Leaf } from './listedLeaves.ts';

/** A fresh body made of leaves alone. Lists close up where elements are missing; what held nothing listed is left out. */
export function payloadOf(leaves: readonly Pick<Leaf, 'at' | 'value'>[]): unknown {
  return leaves.length === 0 ? {} : grown(leaves, 0);
}

function grown(leaves: readonly Pick<Leaf, 'at' | 'value'>[], level: number): unknown {
  const [first] = leaves;
  if (first?.at.length === level) return first.value;
  const branches = new Map<string | number, Pick<Leaf, 'at' | 'value'>[]>();
  for (const leaf of leaves) {
    const step = leaf.at[level] ?? '';
    const branch = branches.get(step);
    if (branch === undefined) branches.set(step, [leaf]);
    else branch.push(leaf);
  }
  if (typeof first?.at[level] === 'number') return [...branches.values()].map((branch) => grown(branch, level + 1));
  return Object.fromEntries([...branches].map(([key, branch]) => [key, grown(branch, level + 1)]));
}
