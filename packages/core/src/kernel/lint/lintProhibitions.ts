import type { Policy, Prohibition } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import type { LintFinding } from './lintFinding.ts';

/** What one rule promises never to do, another must not provide for. */
export function lintProhibitions(policy: Policy): LintFinding[] {
  return policy.never.flatMap((never) => [
    ...policy.recipients
      .filter((recipient) => never.recipientKinds.some((word) => covers(word, recipient.kind)))
      .map((recipient) => contradiction(never, 'SALE_RECIPIENT', `recipients.${recipient.name}`)),
    ...policy.purposes
      .filter((purpose) => never.purposes.some((word) => covers(word, purpose.name)))
      .map((purpose) => contradiction(never, 'SALE_PURPOSE', `purposes.${purpose.name}`)),
    ...policy.categories
      .filter((category) => never.categories.some((word) => covers(word, category.name)))
      .map((category) => contradiction(never, 'PROHIBITED_CATEGORY', `categories.${category.name}`)),
  ]);
}

function contradiction(never: Prohibition, code: string, where: string): LintFinding {
  const message = `${where} contradicts never.${never.name}: ${never.label}`;
  return {
    code,
    severity: 'error',
    clause: never.clause,
    where,
    message,
    remedy: 'remove it, or take the promise back',
  };
}
