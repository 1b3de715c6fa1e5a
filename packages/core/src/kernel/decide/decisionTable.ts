import type { Decision, Facts, Question } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';
import { localDay, startOf } from '../retention/endOf.ts';
import { tableOf } from './policyTable.ts';
import { type Row, rowsOf } from './rowsOf.ts';
import { type Standing, standingOf } from './standing.ts';
import { weigh } from './weigh.ts';

/** A standing with its place in the rows. */
export interface Seat extends Standing {
  readonly number: number;
}

/**
 * The decisions of a policy on one day, each worked out when it is first asked for and then kept: rules see words, standings
 * and days, and nothing else. Rows and seats belong to the table that gave them out.
 */
export interface DecisionTable {
  /** Milliseconds. Agreements begin and end with a day in the controller's zone. */
  readonly from: number;
  readonly until: number;
  /** No more people whom the rules could tell apart find a seat: it is time for a new table. */
  isFull(): boolean;
  /** Undefined where the question cannot be kept, as with a reference of its own. */
  rowOf(question: Question): Row | undefined;
  /** Undefined where a date of the facts cannot be read. */
  seatOf(facts: Facts, now: Date): Seat | undefined;
  /** @throws KeptError QUESTION_INVALID */
  answer(row: Row, seat: Seat): Decision;
}

const MOST_SEATS = 4_096;

/** Somebody without a seat: decided upon anew each time. */
const STANDING_ROOM = -1;

export function decisionTable(policy: Policy, now: Date): DecisionTable {
  const table = tableOf(policy);
  const { zone } = policy.controller;
  const today = localDay(now, zone);
  const seats = new Map<string, Seat>();
  const people = new WeakMap<Facts, Person>();

  const seatFor = (standing: Standing): Seat => {
    const known = seats.get(standing.key);
    if (known) return known;
    if (seats.size >= MOST_SEATS) return { ...standing, number: STANDING_ROOM };
    const seat = { ...standing, number: seats.size };
    seats.set(standing.key, seat);
    return seat;
  };

  return {
    from: startOf(today, zone).getTime(),
    until: startOf(today.add({ days: 1 }), zone).getTime(),
    isFull: () => seats.size >= MOST_SEATS,
    rowOf: rowsOf(table),
    seatOf(facts, at) {
      const known = people.get(facts);
      if (known && isStill(known, facts, at.getTime())) return known.seat;
      const standing = standingOf(policy, facts, at);
      if (standing === undefined) return undefined;
      const seat = seatFor(standing);
      people.set(facts, {
        seen: { ...facts },
        words: wordsIn(facts),
        seat,
        from: standing.from,
        until: standing.until,
      });
      return seat;
    },
    answer({ question, answers }, seat) {
      const known = answers[seat.number];
      if (known) return known;
      const decision = weigh({ policy, table, facts: seat.facts, question, now });
      if (seat.number !== STANDING_ROOM) answers[seat.number] = decision;
      return decision;
    },
  };
}

/** Facts as they were when their standing was worked out: whoever adds a word to them is not answered by the old one. */
interface Person {
  readonly seen: Facts;
  readonly words: number;
  readonly seat: Seat;
  readonly from: number;
  readonly until: number;
}

function isStill({ seen, words, from, until }: Person, facts: Facts, now: number): boolean {
  return (
    now >= from &&
    now < until &&
    seen.consents === facts.consents &&
    seen.objections === facts.objections &&
    words === wordsIn(facts) &&
    seen.restricted === facts.restricted &&
    seen.held === facts.held &&
    seen.country === facts.country &&
    seen.age === facts.age &&
    seen.visibility === facts.visibility
  );
}

function wordsIn({ consents, objections }: Facts): number {
  return consents.length + objections.length;
}
