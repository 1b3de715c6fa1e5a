import type { SourceRecord } from '../ports/personalDataSource.ts';
import { UNIT_SIZE } from './carryOut.ts';

/** Files that one unit names: it is one document, and a database takes no more than 16 MB of it. */
const MOST_FILES = 10_000;

/** Records in parts that go together, each as one unit. */
export function* unitsOf(records: readonly SourceRecord[]): Generator<readonly SourceRecord[]> {
  let unit: SourceRecord[] = [];
  let files = 0;
  for (const record of records) {
    const isFull = unit.length === UNIT_SIZE || files + record.files.length > MOST_FILES;
    if (isFull && unit.length > 0) {
      yield unit;
      [unit, files] = [[], 0];
    }
    unit.push(record);
    files += record.files.length;
  }
  if (unit.length > 0) yield unit;
}
