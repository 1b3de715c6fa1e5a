import type { Origin } from './policy.ts';

/** How long data of some categories is kept, from which date, and what then becomes of it. */
export interface RetentionRule {
  readonly id: string;
  readonly covers: readonly string[];
  readonly keep: Keep;
  /** Name of the anchor that starts the period. */
  readonly since: string;
  /**
   * The anchor is an event that may still be to come, such as the closing of an account: until then the record is
   * kept without a finding. Otherwise a missing anchor is a finding.
   */
  readonly openEnded: boolean;
  /** Name of the predicate that lifts the rule from a record, such as `saved`. */
  readonly unless?: string;
  /** A later start that gives time to people who undo `unless`: due is the later of both. */
  readonly grace?: Bounded;
  /** What ends records whose anchor never came, such as a video that nobody fetched. */
  readonly otherwise?: Bounded;
  /** Ceilings that depend on a trait of the record's owner; `keep` holds for owners whose trait is not among them. */
  readonly tiers?: Tiers;
  /** `redact` takes the covered fields out of records that another rule governs. */
  readonly then: 'erase' | 'redact';
  /** What an erasure request does to the records: erase them, or keep them without the person. */
  readonly onErasure: 'erase' | 'detach';
  /** Why an erasure keeps them, with the article. Present exactly when `onErasure` is `detach`. */
  readonly ground?: { readonly article: string; readonly text: string };
  /** The only purposes for which the covered data may be used, where the clause limits them. */
  readonly onlyFor?: readonly string[];
  /** Stricter promises of earlier versions; attached when a looser version becomes active. */
  readonly earlier?: readonly EarlierPromise[];
  readonly clause: string;
}

/**
 * What an earlier version promised. It binds the records that were there before the change (of open-ended rules: all)
 * until their owner accepts a later version; the stricter reading ends them.
 */
export interface EarlierPromise {
  readonly keep: Keep;
  /** The last version of the notice that promised it. */
  readonly version: number;
  /** ISO 8601 instant at which the looser version took its place. */
  readonly before: string;
  /** The anchor that it counted from; that of the rule now where absent. */
  readonly since?: string;
  /** Absent: as the rule has them now; null: the rule had none then. */
  readonly tiers?: Tiers | null;
  readonly otherwise?: Bounded | null;
}

/** A period from an anchor of its own. */
export interface Bounded {
  readonly since: string;
  readonly keep: string;
  readonly from: Origin;
}

export interface Tiers {
  /** Name of the trait, such as `plan`: a field of the subject's own record. */
  readonly of: string;
  /** Ceiling by value of the trait. */
  readonly atMost: Readonly<Record<string, string>>;
  readonly from: Origin;
  /** Time that an owner has after a change to a shorter ceiling; the longest ceiling of all still holds meanwhile. */
  readonly grace?: Bounded;
}

export interface Keep {
  /** ISO 8601 period; `atMost` is a ceiling that holds at every instant, `atLeast` a floor. */
  readonly atMost?: string;
  readonly atLeast?: string;
  /** The period starts at the end of the calendar year of the anchor (controller's zone). */
  readonly fromEndOf?: 'year';
  readonly from: Origin;
  readonly source?: string;
}
