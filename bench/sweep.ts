import { keptOnDatabase, NOW } from './keptOnDatabase.ts';
import { compare } from './ratio.ts';

const COUNT = 50_000;
const DAY_MS = 86_400_000;

/** The sweep of overdue logs, with holds, units and evidence, against one bare deleteMany of the same range. */
export async function benchSweep(): Promise<void> {
  const { connection, kept, close } = await keptOnDatabase();
  const logs = connection.collection('apiLogs');
  await logs.createIndex({ at: 1 });
  const insert = async (days: number): Promise<void> => {
    const at = new Date(NOW.getTime() - days * DAY_MS);
    await logs.insertMany(
      Array.from({ length: COUNT }, () => ({ keyId: 'k', at, method: 'GET', path: '/', status: 200 })),
    );
  };
  // As many stay as go: a sweep that would take more than half stops.
  await insert(1);
  const fill = (): Promise<void> => insert(100);
  const due = { at: { $lte: new Date(NOW.getTime() - 90 * DAY_MS) } };
  const swept = async (): Promise<number> => {
    const [report] = await kept.retention.sweep({ rule: 'api-logs' });
    return report?.collections[0]?.erased ?? 0;
  };
  const counted = async (remove: () => Promise<number>): Promise<number> => {
    const gone = await remove();
    if (gone !== COUNT) throw new Error(`${gone} of ${COUNT} records went`);
    return gone;
  };
  await compare(`Retention sweep of ${COUNT} records`, 'records', [
    {
      name: 'deleteMany, the limit',
      prepare: fill,
      run: () => counted(async () => (await logs.deleteMany(due)).deletedCount),
    },
    {
      name: 'kept.retention.sweep',
      prepare: fill,
      run: () => counted(swept),
    },
  ]);
  await close();
}
