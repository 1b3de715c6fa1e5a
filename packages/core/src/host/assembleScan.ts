import { databaseOf } from '../adapters/data/databaseOf.ts';
import { liveDatabase } from '../adapters/data/liveDatabase.ts';
import { mongoData } from '../adapters/data/mongoData.ts';
import { mongoRecords } from '../adapters/records/mongoRecords.ts';
import type { ScanOptions, ScanReport } from '../engine/keptScan.ts';
import type { LiveDatabase } from '../engine/ports/liveDatabase.ts';
import { disclosedTo } from '../engine/scan/disclosedTo.ts';
import { type Readable, scanDatabase } from '../engine/scan/scanDatabase.ts';
import type { Policy } from '../kernel/policy/policy.ts';
import { demandModels } from './compareSchemas.ts';

/** What `scanData` does, with all that it takes loaded. */
export async function assembleScan(
  policy: Policy,
  data: { db?: unknown } | undefined,
  models: object | undefined,
  now: Date,
  options: ScanOptions,
): Promise<ScanReport> {
  const database = (): ReturnType<typeof databaseOf> => databaseOf(data ?? {}, 'scanData');
  const live = liveDatabase(database, models === undefined && data ? data : demandModels(models));
  const readable: Readable = data
    ? {
        ...{ policy, live, data: mongoData(database, () => policy), stores: [] },
        recipients: () => disclosedTo(mongoRecords(database), policy.pack),
      }
    : { policy, live: withoutRecords(live), data: nobody, stores: [], recipients: async () => [] };
  return scanDatabase(readable, options, now);
}

const nobody: Readable['data'] = { subjects: async () => ({ subjects: [] }) };

function withoutRecords(live: LiveDatabase): LiveDatabase {
  return { ...live, collections: async () => [] };
}
