import { Temporal } from '../clock/temporal.ts';
import { decide } from '../decide/decide.ts';
import type { Facts, Hold, Question, Reason } from '../decision.ts';
import { planErasure } from '../erasure/planErasure.ts';
import type { Policy } from '../policy/policy.ts';
import { decideRedaction, decideRetention } from '../retention/decideRetention.ts';
import type { Outcome, WrittenErasure, WrittenRecord } from './casesShape.ts';

/** One row of a decision table, ready to be decided. */
export interface PolicyCase {
  readonly who: string;
  readonly wants: string;
  readonly asks:
    | { readonly of: 'use'; readonly facts: Facts; readonly question: Question }
    | { readonly of: 'record'; readonly record: WrittenRecord }
    | { readonly of: 'erasure'; readonly erasure: WrittenErasure };
  readonly outcome: Outcome;
  /** A clause or rule that must be among the reasons. */
  readonly because: string;
}

const SOMEBODY = 'somebody';

/** What the policy decides in a row's case, by the same functions that gates, sweep and erasure ask. */
export function decideCase(
  policy: Policy,
  { asks }: PolicyCase,
  now: Date,
): { readonly outcome: Outcome; readonly because: readonly Pick<Reason, 'rule' | 'clause'>[] } {
  switch (asks.of) {
    case 'use':
      return decide(policy, asks.facts, asks.question, now);
    case 'record': {
      const { collection, anchors, predicates, holds, tier, redaction } = asks.record;
      const dates = Object.fromEntries(Object.entries(anchors).map(([name, age]) => [name, before(now, age)]));
      // A row has one list of dates: those of the record and those of its owner.
      const owner = { owner: dates, ...(tier !== undefined && { tier }) };
      const record = { collection, subject: SOMEBODY, anchors: dates, predicates, ...owner };
      if (redaction === undefined) return decideRetention(policy, record, holds.map(holdOf), now);
      return decideRedaction(policy, record, { rule: redaction, fields: [] }, holds.map(holdOf), now);
    }
    case 'erasure': {
      const { collection, newest, holds } = asks.erasure;
      const found = { collection, count: 1, files: 0, ...(newest !== undefined && { newest: before(now, newest) }) };
      const [line] = planErasure(policy, [found], holds.map(holdOf), now, SOMEBODY);
      return { outcome: line?.action ?? 'keep', because: [{ rule: line?.rule ?? '', clause: line?.clause ?? '' }] };
    }
  }
}

function before(now: Date, age: string): Date {
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('UTC').subtract(age);
  return new Date(instant.epochMilliseconds);
}

function holdOf(kind: Hold['kind']): Hold {
  return { kind, subject: SOMEBODY, ground: 'as the table says', from: new Date(0) };
}
