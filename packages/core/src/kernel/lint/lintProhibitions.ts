import type { Policy } from '../policy/policy.ts';
import { soldFor, soldTo } from '../policy/sale.ts';
import { covers } from '../policy/vocabulary.ts';
import type { LintCode } from './lintCodes.ts';
import { finding, type LintFinding } from './lintFinding.ts';

const CARD = 'payment.card';

/** What one rule promises never to do and another provides for; sale is forbidden whoever promises it. */
export function lintProhibitions(policy: Policy): LintFinding[] {
  return [...contradictions(policy), ...sales(policy), ...cards(policy), ...exceptions(policy)];
}

function contradictions(policy: Policy): LintFinding[] {
  return policy.never.flatMap(({ name, label, clause, categories, to }) => {
    const forbids = (category: string): boolean =>
      category !== CARD &&
      categories.some((word) => covers(word, category) || (to !== undefined && covers(category, word)));
    const broken =
      to === undefined
        ? policy.categories.filter((one) => forbids(one.name)).map((one) => `categories.${one.name}`)
        : policy.recipients
            .filter(({ kind }) => to.some((word) => covers(word, kind)))
            .filter((one) => one.categories.some(forbids))
            .map((one) => `recipients.${one.name}`);
    return broken.map((where) => {
      const message = `${where} contradicts never.${name}: ${label}`;
      return finding('PROHIBITED_CATEGORY', { where, clause }, message, 'remove it, or take the promise back');
    });
  });
}

function sales(policy: Policy): LintFinding[] {
  const never = policy.never.find(({ purposes, recipientKinds }) => purposes.length + recipientKinds.length > 0);
  const purposes = [...soldFor, ...policy.never.flatMap((one) => one.purposes)];
  const kinds = [...soldTo, ...policy.never.flatMap((one) => one.recipientKinds)];
  const sold = (code: LintCode, where: string, own: string): LintFinding => {
    const promise = never === undefined ? 'nobody is told of it' : `never.${never.name} says: ${never.label}`;
    return finding(code, { where, clause: never?.clause ?? own }, `${where} is a sale, and ${promise}`, 'remove it');
  };
  return [
    ...policy.recipients
      .filter(({ kind }) => kinds.some((word) => covers(word, kind)))
      .map(({ name, clause }) => sold('SALE_RECIPIENT', `recipients.${name}`, clause)),
    ...policy.purposes
      .filter(({ name }) => purposes.some((word) => covers(word, name)))
      .map(({ name, clause }) => sold('SALE_PURPOSE', `purposes.${name}`, clause)),
  ];
}

/** PCI DSS 3.5.1: the number is unreadable wherever it is stored; 3.3.1: the security code is never stored. */
function cards(policy: Policy): LintFinding[] {
  return policy.categories
    .filter(({ name }) => covers(name, CARD))
    .map(({ name, clause }) => {
      const message =
        'the notice collects card numbers; PCI DSS 3.3.1 and 3.5.1 forbid to keep them, and they are refused in clear';
      const remedy = 'let the payment processor take them, keep its token and the last four digits, and say so';
      return finding('CARD_NUMBER_COLLECTED', { where: `categories.${name}`, clause }, message, remedy);
    });
}

function exceptions(policy: Policy): LintFinding[] {
  return policy.never
    .filter((never) => never.exceptions?.length === 0)
    .map(({ name, clause }) => {
      const message = 'the notice announces exceptions and names none, so there are none: every recipient is denied';
      const remedy = 'name the recipients under recipients: and exceptions:, and publish them';
      return finding('EXCEPTION_LIST_EMPTY', { where: `never.${name}`, clause }, message, remedy);
    });
}
