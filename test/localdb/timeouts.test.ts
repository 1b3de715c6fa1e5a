import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Cursors } from '../../packages/localdb/src/gateway/cursors.ts';
import type { Pool } from '../../packages/localdb/src/gateway/pool.ts';
import { Transactions } from '../../packages/localdb/src/gateway/transactions.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function cursor(id: bigint, keepsForever = false): Parameters<Cursors['add']>[0] {
  const where = { database: 'kept', collection: 'things', continuation: Buffer.alloc(0) };
  return { id, ...where, transaction: undefined, session: undefined, keepsForever };
}

test('a cursor that nobody reads from for ten minutes is closed', () => {
  const closed: bigint[] = [];
  const cursors = new Cursors((ids) => closed.push(...ids));
  cursors.add(cursor(1n));
  cursors.add(cursor(2n));
  cursors.add(cursor(3n, true));

  jest.advanceTimersByTime(9 * MINUTE);
  cursors.use(2n, 'kept', 'things');
  jest.advanceTimersByTime(2 * MINUTE);

  expect(closed).toEqual([1n]);
  expect(() => cursors.use(1n, 'kept', 'things')).toThrow('cursor id 1 not found');
  expect(cursors.size).toBe(2);
  cursors.close();
});

test('a transaction is given up after sixty seconds', async () => {
  const statements: string[] = [];
  const query = async (text: string): Promise<[]> => {
    statements.push(text);
    return [];
  };
  const pool = { reserve: async () => ({ query, release: () => {} }) } as unknown as Pool;
  const transactions = new Transactions(pool);
  await transactions.begin('session', 1n, 1);

  jest.advanceTimersByTime(59 * SECOND);
  expect(transactions.find('session', 1n, 1).state).toBe('open');
  jest.advanceTimersByTime(2 * SECOND);

  expect(statements.at(-1)).toBe('ROLLBACK');
  expect(() => transactions.find('session', 1n, 1)).toThrow(/does not match any in-progress transactions/);
  transactions.close();
});
