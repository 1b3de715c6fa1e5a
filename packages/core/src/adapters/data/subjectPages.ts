import type { SubjectPage } from '../../engine/ports/personalDataSource.ts';
import { accountAddresses, addressPaths } from './accountAddresses.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { keyText } from './keyForms.ts';
import { behind, type KeyCursor, onward } from './keyOrder.ts';
import { ofKind, subjectCollection } from './subjectFilter.ts';

/** Everybody with their addresses, a page at a time in the order of their records. */
export async function subjectPage({ policy, raw }: HostDatabase, limit: number, after: unknown): Promise<SubjectPage> {
  const cursor = (after ?? { done: [] }) as KeyCursor;
  const accounts = subjectCollection(policy.inventory);
  const { name, subject } = accounts;
  const conditions = behind(cursor);
  const filter = ofKind(accounts, conditions.length === 0 ? {} : { $and: conditions });
  const projection = Object.fromEntries(['_id', subject.key, ...addressPaths(subject)].map((path) => [path, 1]));
  const found = await raw(name).find(filter, { projection }).sort({ _id: 1 }).limit(limit).toArray();
  const next = onward(
    cursor,
    found.map(({ _id }) => _id),
    limit,
  );
  return {
    subjects: found.map((record) => ({
      subject: keyText(record[subject.key]),
      addresses: [...new Set(accountAddresses(subject, record))],
    })),
    ...(next && { next }),
  };
}
