import type { Policy } from '../policy/policy.ts';
import { DecisionTable } from './decisionTable.ts';

/** Tables of the last days asked about; a day that comes back finds its own, or has one made that answers the same. */
const tables = new WeakMap<Policy, readonly DecisionTable[]>();
const MOST_DAYS = 4;

export function tableFor(policy: Policy, now: Date): DecisionTable {
  const instant = now.getTime();
  const known = (tables.get(policy) ?? []).filter(({ isFull }) => !isFull);
  const table = known.find(({ from, until }) => instant >= from && instant < until) ?? new DecisionTable(policy, now);
  tables.set(policy, [table, ...known.filter((one) => one !== table)].slice(0, MOST_DAYS));
  return table;
}
