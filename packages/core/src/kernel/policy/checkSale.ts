import { soldFor, soldTo } from './sale.ts';
import { below, mistake, type Spot } from './spot.ts';
import { covers } from './vocabulary.ts';
import type { WrittenPolicy } from './writtenPolicy.ts';

/**
 * Nothing is sold, whoever promises it or does not: a policy that provides for a sale loads only where a rule of its own
 * forbids it, so that each decision denies it and lint finds it.
 */
export function checkSale({ recipients = {}, purposes = {}, never = {} }: Partial<WrittenPolicy>, policy: Spot): void {
  const rules = Object.values(never);
  const isSold = (word: string, sold: readonly string[], forbidden: readonly string[]): boolean =>
    sold.some((each) => covers(each, word)) && !forbidden.some((each) => covers(each, word));
  const refuse = (at: Spot, what: string, key: string, word: string): void => {
    const message = `"${what}" is a sale of personal data, and no rule forbids it`;
    mistake(at, 'SALE_PROVIDED_FOR', message, `remove it; never: {sale: {${key}: [${word}]}} denies it as well`);
  };

  const toNobody = rules.flatMap(({ recipientKinds = [] }) => recipientKinds);
  for (const [name, { kind }] of Object.entries(recipients)) {
    if (isSold(kind, soldTo, toNobody)) refuse(below(policy, 'recipients', name, 'kind'), name, 'recipientKinds', kind);
  }
  const forNothing = rules.flatMap((rule) => rule.purposes ?? []);
  for (const name of Object.keys(purposes)) {
    if (isSold(name, soldFor, forNothing)) refuse(below(policy, 'purposes', name), name, 'purposes', name);
  }
}
