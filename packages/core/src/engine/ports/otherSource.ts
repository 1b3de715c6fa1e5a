import type { PersonalDataSource } from './personalDataSource.ts';

/** What every source must be able to tell and do, or no access and no erasure could be complete. */
type Needed =
  | 'kind'
  | 'survey'
  | 'recordsOf'
  | 'factsOf'
  | 'exportOf'
  | 'remove'
  | 'identify'
  | 'residue'
  | 'ownValues';

/**
 * A source beside the host's own database, such as a CRM. What it lacks is a statement, and is held against what the inventory
 * says of its collections when Kept starts: a source without `endDue` is not swept, so no rule may end its records.
 */
export type OtherSource = Pick<PersonalDataSource, Needed> & Partial<Omit<PersonalDataSource, Needed>>;

export type OtherSources = Readonly<Record<string, OtherSource>>;
