import type { Call } from './call.ts';
import { isConnectionLoss } from './errors.ts';
import type { Row } from './pool.ts';

const REMEMBERED = 'SELECT reply FROM kept_gateway.retryable_writes WHERE session = $1 AND number = $2';
const REMEMBER = `INSERT INTO kept_gateway.retryable_writes (session, number, reply) VALUES ($1, $2, $3)
  ON CONFLICT (session) DO UPDATE SET number = excluded.number, reply = excluded.reply, written = now()`;

/**
 * Carries a retryable write out once, however often the client sends it. A second attempt waits for the first.
 * Without `work`, the statement and the memory of its answer are written together.
 */
export async function once(
  call: Call,
  work: (() => Promise<Row[]>) | undefined,
  sql = '',
  values: unknown[] = [],
): Promise<Row[]> {
  const { writesUnderWay } = call.gateway;
  const key = `${call.session}:${call.transactionNumber}`;
  for (let earlier = writesUnderWay.get(key); earlier; earlier = writesUnderWay.get(key)) await earlier.catch(() => {});
  const writing = work ? work() : remembering(call, sql, values);
  writesUnderWay.set(key, writing);
  try {
    return await writing;
  } finally {
    writesUnderWay.delete(key);
  }
}

async function remembering(call: Call, sql: string, values: unknown[]): Promise<Row[]> {
  const identity = [call.session, String(call.transactionNumber)];
  const reserved = await call.gateway.pool.reserve();
  let broken = false;
  try {
    await reserved.query('BEGIN');
    let rows = await reserved.query(REMEMBERED, identity);
    if (rows.length === 0) {
      rows = await reserved.query(sql, values);
      await reserved.query(REMEMBER, [...identity, rows[0]?.reply]);
    }
    await reserved.query('COMMIT');
    return rows;
  } catch (error) {
    broken = isConnectionLoss(error);
    if (!broken)
      await reserved.query('ROLLBACK').catch(() => {
        broken = true;
      });
    throw error;
  } finally {
    reserved.release(broken);
  }
}
