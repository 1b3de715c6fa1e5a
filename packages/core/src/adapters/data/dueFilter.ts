import type { mongo } from 'mongoose';
import type { StillDue } from '../../engine/ports/personalDataSource.ts';
import { redactionFilter } from '../../kernel/retention/redactionFilter.ts';
import { retentionFilter } from '../../kernel/retention/retentionFilter.ts';
import type { HostDatabase } from './hostDatabase.ts';

type Filter = mongo.Filter<mongo.Document>;

/** Due by the rule, and nobody's who is held. Null: nothing of the collection is ever due. */
export async function dueFilter(
  { policy, named, ofSubject }: HostDatabase,
  name: string,
  { now, aheadMs, holds, redaction }: StillDue,
): Promise<Filter | null> {
  const due = redaction
    ? redactionFilter(policy, name, redaction, now, { aheadMs })
    : retentionFilter(policy, name, now, { aheadMs });
  if (!due) return null;
  const standing = holds.filter(
    (hold) => (!hold.collection || hold.collection === name) && (!hold.until || hold.until > now),
  );
  if (standing.some((hold) => !hold.subject)) return null;
  const held = standing.flatMap((hold) => (hold.subject ? [hold.subject] : []));
  return (held.length === 0 ? due : { $and: [due, { $nor: [await ofSubject(named(name), held)] }] }) as Filter;
}
