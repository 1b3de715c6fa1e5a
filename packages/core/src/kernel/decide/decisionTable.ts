import type { Decision, Facts } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';
import { localDay, startOf } from '../retention/endOf.ts';
import { type PolicyTable, tableOf } from './policyTable.ts';
import { type Row, Rows } from './rows.ts';
import type { Standing } from './standing.ts';
import { weigh } from './weigh.ts';

const MOST_STANDINGS = 4_096;

/** A standing without a number: decided upon anew each time. */
const UNNUMBERED = -1;

/**
 * The decisions of a policy on one day, each worked out when it is first asked for and then kept: rules see words, standings
 * and days, and nothing else. A class, because V8 inlines methods and not closures that are made anew.
 */
export class DecisionTable {
  readonly rows: Rows;
  /** Milliseconds. Agreements begin and end with a day in the controller's zone. */
  readonly from: number;
  readonly until: number;
  readonly #numbers = new Map<string, number>();
  readonly #parts = new Map<string, object>();
  readonly #policy: Policy;
  readonly #table: PolicyTable;
  readonly #day: Date;

  constructor(policy: Policy, day: Date) {
    const { zone } = policy.controller;
    const today = localDay(day, zone);
    this.from = startOf(today, zone).getTime();
    this.until = startOf(today.add({ days: 1 }), zone).getTime();
    this.#policy = policy;
    this.#table = tableOf(policy);
    this.#day = day;
    this.rows = new Rows(this.#table);
  }

  /** It is time for a new one. */
  get isFull(): boolean {
    return this.#numbers.size >= MOST_STANDINGS;
  }

  /** The number of all whom the rules cannot tell from this one. */
  numberOf({ key }: Standing): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.isFull) return UNNUMBERED;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }

  /** @throws KeptError QUESTION_INVALID */
  answer(row: Row, { number, standing }: { readonly number: number; readonly standing: Facts }): Decision {
    const known = row.answers[number];
    if (known !== undefined) return known;
    const { question, answers } = row;
    const decision = weigh({ policy: this.#policy, table: this.#table, facts: standing, question, now: this.#day });
    if (number === UNNUMBERED) return decision;
    const one = this.#shared(decision);
    answers[number] = one;
    return one;
  }

  /** Few answers differ, and fewer reasons: each is kept once, so that those in use stay near the processor. */
  #shared({ outcome, because, missing, terms }: Decision): Decision {
    const one = {
      outcome,
      because: this.#once(because.map((reason) => this.#once(reason))),
      missing: this.#once(missing),
      terms: this.#once(terms),
    };
    return this.#once(one);
  }

  #once<T extends object>(part: T): T {
    const key = JSON.stringify(part);
    const known = (this.#parts.get(key) ?? Object.freeze(part)) as T;
    this.#parts.set(key, known);
    return known;
  }
}
