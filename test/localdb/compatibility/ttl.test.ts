import { expect } from '@jest/globals';
import { compatibility, item, until } from './support/scene.ts';

const { fresh } = compatibility('ttl');

// MongoDB sweeps once a minute.
item(
  'TTL index deletes expired',
  async () => {
    const passes = fresh();
    await passes.createIndex({ at: 1 }, { expireAfterSeconds: 1 });
    const inTenMinutes = new Date(Date.now() + 600_000);
    await passes.insertMany([{ at: new Date(Date.now() - 60_000) }, { at: inTenMinutes }]);

    await until(async () => (await passes.countDocuments()) === 1, 75_000);

    expect((await passes.findOne())?.at).toEqual(inTenMinutes);
  },
  90_000,
);
