import type { mongo } from 'mongoose';
import type { Free, StillDue } from '../../engine/ports/personalDataSource.ts';
import { redactionFilter } from '../../kernel/retention/redactionFilter.ts';
import { retentionFilter } from '../../kernel/retention/retentionFilter.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { ofKind } from './subjectFilter.ts';

type Filter = mongo.Filter<mongo.Document>;

/** Due by the rule, and nobody's who is held. Null: nothing of the collection is ever due. */
export async function dueFilter(
  host: HostDatabase,
  name: string,
  { now, aheadMs, holds, redaction }: StillDue,
): Promise<Filter | null> {
  const { policy, named } = host;
  const ended = redaction
    ? redactionFilter(policy, name, redaction, now, { aheadMs })
    : retentionFilter(policy, name, now, { aheadMs });
  if (!ended) return null;
  const due = ofKind(named(name), ended as Filter);
  const held = await heldBy(host, name, { now, holds });
  if (held === 'all') return null;
  return (held ? { $and: [due, { $nor: [held] }] } : due) as Filter;
}

/** Those of a collection that holds keep, or all of them; undefined where none keeps any. */
export async function heldBy(
  { named, ofSubject }: HostDatabase,
  name: string,
  { now, holds }: Free,
): Promise<Filter | 'all' | undefined> {
  const standing = holds.filter(
    (hold) => (!hold.collection || hold.collection === name) && (!hold.until || hold.until > now),
  );
  if (standing.some((hold) => !hold.subject)) return 'all';
  const subjects = standing.flatMap((hold) => (hold.subject ? [hold.subject] : []));
  return subjects.length === 0 ? undefined : ofSubject(named(name), subjects);
}
