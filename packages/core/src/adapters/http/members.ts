import type { PersonalDataSource } from '../../engine/ports/personalDataSource.ts';

export interface Member {
  /** Names of what it takes, in their order. */
  readonly takes: readonly string[];
  readonly answers: 'list' | 'object' | 'number' | 'flag' | 'lines';
  /** It changes something: an answer that was lost is given again, and nothing is done twice. */
  readonly changes?: true;
}

type Name = Exclude<keyof PersonalDataSource, 'kind'>;

/** What a source is asked over HTTP, one path for each. */
export const members: Readonly<Record<Name, Member>> = {
  subjectsAt: { takes: ['address'], answers: 'list' },
  addressesOf: { takes: ['subject'], answers: 'list' },
  exists: { takes: ['subject'], answers: 'flag' },
  subjects: { takes: ['limit', 'after'], answers: 'object' },
  survey: { takes: ['subject'], answers: 'list' },
  recordsOf: { takes: ['subject', 'collection', 'limit', 'captured'], answers: 'list' },
  recordsAbout: { takes: ['collection', 'gone', 'free'], answers: 'list' },
  dueRecords: { takes: ['collection', 'due'], answers: 'list' },
  countDue: { takes: ['collection', 'due'], answers: 'number' },
  candidates: { takes: ['collection', 'due', 'after'], answers: 'object' },
  factsOf: { takes: ['collection', 'ids', 'redaction'], answers: 'list' },
  recordsNamed: { takes: ['collection', 'keys'], answers: 'list' },
  bytesOf: { takes: ['collection', 'ids'], answers: 'number' },
  exportOf: { takes: ['subject', 'collection', 'paths', 'limit', 'after'], answers: 'object' },
  exportAbout: { takes: ['subject', 'collection', 'paths', 'limit', 'after'], answers: 'object' },
  profilesOf: { takes: ['subjects'], answers: 'list' },
  endDue: { takes: ['collection', 'due'], answers: 'number', changes: true },
  count: { takes: ['collection', 'limit'], answers: 'number' },
  remove: { takes: ['collection', 'ids', 'stillDue'], answers: 'number', changes: true },
  redact: { takes: ['collection', 'ids', 'redaction', 'stillDue'], answers: 'number', changes: true },
  detach: { takes: ['collection', 'ids'], answers: 'number', changes: true },
  stillReferenced: { takes: ['files'], answers: 'list' },
  identify: { takes: ['subject'], answers: 'object' },
  ownValues: { takes: ['subject'], answers: 'list' },
  residue: { takes: ['identifiers', 'look'], answers: 'object' },
  peopleBy: { takes: ['collection', 'records'], answers: 'lines' },
  valuesOf: { takes: ['subject', 'at', 'most'], answers: 'object' },
  countHolding: { takes: ['subject', 'at', 'value'], answers: 'number' },
  correct: { takes: ['subject', 'correction'], answers: 'number', changes: true },
};

export function memberNamed(name: string): Member | undefined {
  return Object.hasOwn(members, name) ? members[name as Name] : undefined;
}
