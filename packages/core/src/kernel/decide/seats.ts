import type { Facts } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';
import type { DecisionTable } from './decisionTable.ts';
import { standingOf } from './standing.ts';
import { tableFor } from './tableFor.ts';

/** Where a person sits in the tables: with all whom the rules cannot tell apart, for as long as no other word of theirs counts. */
export interface Seat {
  readonly policy: Policy;
  readonly table: DecisionTable;
  readonly number: number;
  /** Milliseconds since the day of the table began: small whole numbers, which V8 keeps in the object itself. */
  readonly from: number;
  readonly until: number;
  /** The facts as they were: whoever adds a word to them is not answered by the old ones. */
  readonly consents: Facts['consents'];
  readonly objections: Facts['objections'];
  readonly words: number;
  readonly restricted: boolean;
  readonly held: boolean;
  readonly country: string | undefined;
  readonly age: number | undefined;
  readonly visibility: Facts['visibility'] | undefined;
  /** The standing, in the words of facts. */
  readonly standing: Facts;
}

const seats = new WeakMap<Facts, Seat>();

/** The seat of a person now; undefined where a date of the facts cannot be read. */
export function seatOf(policy: Policy, facts: Facts, now: Date): Seat | undefined {
  const known = seats.get(facts);
  if (known !== undefined && known.policy === policy && isStill(known, facts, now.getTime() - known.table.from))
    return known;

  const standing = standingOf(policy, facts, now);
  if (standing === undefined) return undefined;
  const table = tableFor(policy, now);
  const { consents, objections, restricted, held, country, age, visibility } = facts;
  const seat = {
    policy,
    table,
    number: table.numberOf(standing),
    from: Math.max(table.from, standing.from) - table.from,
    until: Math.min(table.until, standing.until) - table.from,
    consents,
    objections,
    words: consents.length + objections.length,
    restricted,
    held,
    country,
    age,
    visibility,
    standing: standing.facts,
  };
  seats.set(facts, seat);
  return seat;
}

function isStill(seat: Seat, facts: Facts, sinceBegan: number): boolean {
  const { consents, objections } = facts;
  return (
    sinceBegan >= seat.from &&
    sinceBegan < seat.until &&
    seat.consents === consents &&
    seat.objections === objections &&
    seat.words === consents.length + objections.length &&
    seat.restricted === facts.restricted &&
    seat.held === facts.held &&
    seat.country === facts.country &&
    seat.age === facts.age &&
    seat.visibility === facts.visibility
  );
}
