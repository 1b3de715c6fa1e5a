import type { Account } from '../../kernel/policy/inventory.ts';
import { addressesAt } from './addresses.ts';
import { queryPath } from './subjectFilter.ts';
import { onlyValueAt } from './valuesAt.ts';

/** What must be read of an account to know its addresses. */
export function addressPaths({ addresses, verified }: Account): string[] {
  return [...addresses, ...(verified === undefined ? [] : [verified])].map(queryPath);
}

/** The addresses that are an account's own. Anybody can type in somebody else's: such a one leads to nobody until it is verified. */
export function accountAddresses(account: Account, record: unknown): string[] {
  return isVerified(account, record) ? typedAddresses(account, record) : [];
}

/** Those that stand there, whosever they are. */
export function typedAddresses({ addresses }: Account, record: unknown): string[] {
  return addresses.flatMap((path) => addressesAt(record, queryPath(path)));
}

function isVerified({ verified }: Account, record: unknown): boolean {
  return verified === undefined || Boolean(onlyValueAt(record, queryPath(verified)));
}
