import type { Disclosure } from '../keptEgress.ts';
import type { RecordStore } from '../ports/recordStore.ts';

/** Recipients to whom something left, by the log of disclosures, sorted: a step for each, however long the log is. */
export async function disclosedTo(records: RecordStore, service: string): Promise<string[]> {
  const log = records.collection<Disclosure>('disclosures');
  const names: string[] = [];
  for (;;) {
    const last = names.at(-1);
    const further = last === undefined ? {} : { recipient: { after: last } };
    const where = { service, outcome: 'made', ...further } as const;
    const [next] = await log.find(where, { sort: { recipient: 1 }, limit: 1 });
    if (!next) return names;
    names.push(next.recipient);
  }
}
