import type { Right } from '../classify/right.ts';

/** What a staff member settles on a request. Who reads, asks, looks or writes down settles nothing. */
export type Settled = 'propose' | 'approve' | 'decide' | 'refuse' | 'extend' | 'release' | 'leave' | 'waive' | 'lift';

/** Who settles it, for the engine, the console and the command alike: whatever may end in a no is for a privacy lead. */
export const SETTLED_BY: Readonly<Record<Settled, 'agent' | 'lead'>> = {
  propose: 'agent',
  approve: 'lead',
  decide: 'lead',
  refuse: 'lead',
  extend: 'lead',
  /** Lets an erasure go without the copy that its person asked for first. */
  release: 'lead',
  /** Says why what an erasure found stays. */
  leave: 'lead',
  /** Says why a recipient need not be told. */
  waive: 'lead',
  /** Ends a restriction. */
  lift: 'lead',
};

/** Requests on which any colleague decides: what that gives is what was asked for, and a no is a refusal, which is a lead's. */
export const DECIDED_BY_AGENTS: readonly Asked[] = [{ right: 'rectification' }, { report: 'pictured' }];

export function settledBy(what: Settled, { right, report }: Asked): 'agent' | 'lead' {
  const isForAll = DECIDED_BY_AGENTS.some(
    (each) =>
      (each.right === undefined || each.right === right) && (each.report === undefined || each.report === report),
  );
  return what === 'decide' && isForAll ? 'agent' : SETTLED_BY[what];
}

interface Asked {
  readonly right?: Right;
  readonly report?: 'child' | 'pictured';
}
