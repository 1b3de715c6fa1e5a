import { categoryLabel } from '../policy/categoryLabel.ts';
import type { Policy } from '../policy/policy.ts';

export function categoryName(word: string, policy: Policy): string {
  return categoryLabel(policy, [word]);
}

export function purposeName(word: string, { purposes, vocabulary }: Policy): string {
  return (
    (purposes.find((one) => one.name === word) ?? vocabulary.purposes.find((one) => one.name === word))?.label ?? word
  );
}

export function recipientName(name: string, { recipients }: Policy): string {
  return recipients.find((one) => one.name === name)?.label ?? name;
}

export function kindName(word: string, { vocabulary }: Policy): string {
  return vocabulary.recipientKinds.find((one) => one.name === word)?.label ?? word;
}

export function safeguardName(word: string, { vocabulary }: Policy): string {
  return vocabulary.safeguards.find((one) => one.name === word)?.label ?? word;
}

export function rightName(word: string, { vocabulary }: Policy): string {
  return vocabulary.rights.find((one) => one.name === word)?.label ?? word;
}
