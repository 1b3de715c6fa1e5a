import type { Policy } from '../policy/policy.ts';
import { finding, type LintFinding } from './lintFinding.ts';

/** Records that are found by an address, and accounts in which anybody may write one. */
export function lintInventory({ inventory: { collections } }: Policy): LintFinding[] {
  const unproven = collections.some(({ subject }) => subject.by === 'self' && subject.verified === undefined);
  if (!unproven) return [];
  return collections
    .filter(({ subject }) => subject.by === 'address')
    .map(({ name }) => {
      const message = `whoever writes an address into their account gets what "${name}" has of it`;
      const remedy = 'name the field that says that it was verified: subject: {key, addresses, verified}';
      return finding('ADDRESSES_UNVERIFIED', { where: `collections.${name}` }, message, remedy);
    });
}
