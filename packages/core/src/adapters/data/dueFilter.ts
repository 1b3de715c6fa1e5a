import type { mongo } from 'mongoose';
import type { StillDue } from '../../engine/ports/personalDataSource.ts';
import { redactionFilter } from '../../kernel/retention/redactionFilter.ts';
import { retentionFilter } from '../../kernel/retention/retentionFilter.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { ofKind } from './subjectFilter.ts';

type Filter = mongo.Filter<mongo.Document>;

/** Due by the rule, and nobody's who is held. Null: nothing of the collection is ever due. */
export async function dueFilter(
  { policy, named, ofSubject }: HostDatabase,
  name: string,
  { now, aheadMs, holds, redaction }: StillDue,
): Promise<Filter | null> {
  const ended = redaction
    ? redactionFilter(policy, name, redaction, now, { aheadMs })
    : retentionFilter(policy, name, now, { aheadMs });
  if (!ended) return null;
  const due = ofKind(named(name), ended as Filter);
  const standing = holds.filter(
    (hold) => (!hold.collection || hold.collection === name) && (!hold.until || hold.until > now),
  );
  if (standing.some((hold) => !hold.subject)) return null;
  const held = standing.flatMap((hold) => (hold.subject ? [hold.subject] : []));
  return (held.length === 0 ? due : { $and: [due, { $nor: [await ofSubject(named(name), held)] }] }) as Filter;
}
