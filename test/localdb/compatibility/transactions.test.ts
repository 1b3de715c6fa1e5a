import { expect } from '@jest/globals';
import type { ClientSession, TransactionOptions } from 'mongodb';
import { compatibility, item, numbered, pause } from './support/scene.ts';

const { client, fresh } = compatibility('transactions');

/** A session with a transaction begun; it is ended whatever happens. */
async function begun(work: (session: ClientSession) => Promise<void>, options?: TransactionOptions): Promise<void> {
  const session = client.startSession();
  try {
    session.startTransaction(options);
    await work(session);
  } finally {
    if (session.inTransaction()) await session.abortTransaction();
    await session.endSession();
  }
}

async function counter(): Promise<ReturnType<typeof fresh>> {
  const counters = fresh();
  await counters.insertOne({ _id: 0, n: 0 });
  return counters;
}

item('txn commit (2 collections), isolation of uncommitted', async () => {
  const first = await counter();
  const second = await counter();
  await begun(async (session) => {
    await first.insertOne({ _id: 1 }, { session });
    await second.updateOne({ _id: 0 }, { $set: { x: 1 } }, { session });

    expect(await first.countDocuments({}, { session })).toBe(2);
    expect(await first.countDocuments()).toBe(1);
    expect((await second.findOne())?.x).toBeUndefined();

    await session.commitTransaction();
    expect(await first.countDocuments()).toBe(2);
    expect((await second.findOne())?.x).toBe(1);
  });
});

item('txn abort rolls back', async () => {
  const things = await counter();
  await begun(async (session) => {
    await things.insertOne({ _id: 1 }, { session });
    await things.deleteOne({ _id: 0 }, { session });
    await session.abortTransaction();
  });

  expect(await things.find().toArray()).toEqual([{ _id: 0, n: 0 }]);
});

item('txn write conflict -> 112 + TransientTransactionError', async () => {
  const things = await counter();
  await begun((winner) =>
    begun(async (loser) => {
      await things.updateOne({ _id: 0 }, { $inc: { n: 1 } }, { session: winner });

      const error = await things
        .updateOne({ _id: 0 }, { $inc: { n: 10 } }, { session: loser })
        .catch((failure) => failure);
      expect(error).toMatchObject({ code: 112 });
      expect(error.hasErrorLabel('TransientTransactionError')).toBe(true);

      await winner.commitTransaction();
    }),
  );

  expect((await things.findOne())?.n).toBe(1);
});

item('txn conflict with a write committed after snapshot', async () => {
  const things = await counter();
  await begun(async (session) => {
    await things.findOne({}, { session });
    await things.updateOne({ _id: 0 }, { $inc: { n: 1 } });

    await expect(things.updateOne({ _id: 0 }, { $inc: { n: 10 } }, { session })).rejects.toMatchObject({ code: 112 });
  });
});

item('txn snapshot read (repeatable)', async () => {
  const things = await counter();
  await begun(
    async (session) => {
      await things.findOne({}, { session });
      await things.updateOne({ _id: 0 }, { $set: { n: 1 } });
      await things.insertOne({ _id: 1 });

      expect((await things.findOne({}, { session }))?.n).toBe(0);
      expect(await things.countDocuments({}, { session })).toBe(1);
      await session.commitTransaction();
    },
    { readConcern: { level: 'snapshot' } },
  );
});

item('withTransaction: 10 concurrent increments all land (auto retry)', async () => {
  const things = await counter();
  const increment = (): Promise<void> =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        const { n } = (await things.findOne({ _id: 0 }, { session })) as { n: number };
        await things.updateOne({ _id: 0 }, { $set: { n: n + 1 } }, { session });
      }),
    );

  await Promise.all(numbered(10, increment));

  expect((await things.findOne())?.n).toBe(10);
});

item('txn dup key aborts with 11000', async () => {
  const things = await counter();
  await begun(async (session) => {
    await expect(things.insertOne({ _id: 0 }, { session })).rejects.toMatchObject({ code: 11000 });
    await session.abortTransaction();
  });
});

item('txn cursor over batches inside', async () => {
  const things = fresh();
  await things.insertMany(numbered(500, (i) => ({ _id: i })));
  await begun(async (session) => {
    await things.insertOne({ _id: 1000 }, { session });

    const seen = await things.find({}, { session, batchSize: 50 }).sort({ _id: -1 }).toArray();
    expect(seen).toHaveLength(501);
    await session.commitTransaction();
  });
});

item('txn insert into a collection that does not exist', async () => {
  const things = fresh();
  await begun(async (session) => {
    await things.insertOne({ _id: 1 }, { session });
    await session.commitTransaction();
  });

  expect(await things.countDocuments()).toBe(1);
});

item('plain write waits for open txn, then applies', async () => {
  const things = await counter();
  await begun(async (session) => {
    await things.updateOne({ _id: 0 }, { $inc: { n: 1 } }, { session });
    const plain = things.updateOne({ _id: 0 }, { $inc: { n: 10 } });
    await pause(300);
    await session.commitTransaction();
    await plain;
  });

  expect((await things.findOne())?.n).toBe(11);
});
