import { objectedTo, type Regime, rightUnder, type StoredRequest } from '../kept.ts';
import { type Choice, choices } from './choice.ts';
import type { Desk } from './desk.ts';
import type { Typed } from './weigh.ts';

/** The balance of an objection: the person's reasons against ours, purpose by purpose. */
export interface BalanceForm {
  readonly balances: readonly BalanceRow[];
  /** What has stopped for good already, whatever anybody weighs. */
  readonly stopped: readonly string[];
}

interface BalanceRow {
  readonly n: number;
  readonly purpose: string;
  readonly label: string;
  readonly outcomes: readonly Choice[];
  /** Name of the buttons. */
  readonly outcome: string;
  readonly interests: string;
  readonly reasons: string;
  readonly article: string;
}

const OUTCOMES = { upheld: 'Stop it for good', overridden: 'It goes on: our grounds are compelling' };

export function presentBalances({ asks }: StoredRequest, law: Regime, typed: Typed, { kept }: Desk): BalanceForm {
  const { atOnce, weighed } = objectedTo(kept.policy, asks?.purposes);
  const purposeOf = (name: string) => kept.policy.purposes.find((purpose) => purpose.name === name);
  const labelOf = (name: string): string => purposeOf(name)?.label ?? name;
  return {
    stopped: atOnce.map(labelOf),
    balances: weighed.map((name, n) => {
      const purpose = purposeOf(name);
      const known = purpose && rightUnder(law, purpose, 'objection')?.article;
      return {
        n,
        purpose: name,
        label: labelOf(name),
        outcome: `outcome-${n}`,
        outcomes: choices(OUTCOMES, typed?.[`outcome-${n}`]),
        interests: typed?.[`interests-${n}`] ?? '',
        reasons: typed?.[`reasons-${n}`] ?? '',
        article: typed?.[`article-${n}`] ?? (known ? `${known}, ${law.name}` : ''),
      };
    }),
  };
}
