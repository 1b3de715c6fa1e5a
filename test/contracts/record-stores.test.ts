import { memoryRecords } from '../../packages/core/src/adapters/records/memoryRecords.ts';
import { mongoRecords } from '../../packages/core/src/adapters/records/mongoRecords.ts';
import { aDatabase } from './aDatabase.ts';
import { recordStoreContract } from './recordStoreContract.ts';

recordStoreContract('memory', async () => ({ store: memoryRecords(), close: async () => {} }));
recordStoreContract('mongo', async () => {
  const { db, close } = await aDatabase();
  const store = mongoRecords(() => db);
  await store.prepare();
  return { store, close };
});
