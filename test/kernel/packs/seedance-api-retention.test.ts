import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { decideRedaction, decideRetention } from '../../../packages/core/src/kernel/retention/decideRetention.ts';

const policy = await loadPack('seedance-api');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GENERATED = new Date('2026-03-02T10:00:00.000Z');
const plus = (from: Date, ms: number): Date => new Date(from.getTime() + ms);

const outcome = (collection: string, anchors: Readonly<Record<string, Date>>, now: Date): string =>
  decideRetention(policy, { collection, subject: 'u1', anchors, predicates: {} }, [], now).outcome;

describe('videos', () => {
  test('seedance-api.retention.after-delivery: the day is counted from the delivery, whenever the video was made', () => {
    for (const waited of [0, 3 * DAY, 6.9 * DAY]) {
      const delivered = plus(GENERATED, waited);
      const anchors = { generated: GENERATED, delivered };
      expect(outcome('generations', anchors, plus(delivered, DAY - 1))).toBe('keep');
      expect(outcome('generations', anchors, plus(delivered, DAY))).toBe('erase');
    }
  });

  test('seedance-api.retention.after-delivery: an undelivered video has a bound of its own, seven days after it was made', () => {
    expect(outcome('generations', { generated: GENERATED }, plus(GENERATED, 7 * DAY - 1))).toBe('keep');
    expect(outcome('generations', { generated: GENERATED }, plus(GENERATED, 7 * DAY))).toBe('erase');
  });
});

describe('log entries', () => {
  const logged = new Date('2026-01-15T08:00:00.000Z');
  const takenOut = (now: Date): string[] => {
    const entry = { collection: 'apiLogs', subject: 'u1', anchors: { logged }, predicates: {} };
    const collection = policy.inventory.collections.find((one) => one.name === 'apiLogs');
    return (collection?.redactions ?? []).flatMap((redaction) =>
      decideRedaction(policy, entry, redaction, [], now).outcome === 'redact' ? redaction.fields : [],
    );
  };

  test('seedance-api.retention.logs-limited: an entry goes when the longest of its purposes ends, the verification of bills', () => {
    for (const collection of ['apiLogs', 'deliveries']) {
      expect(outcome(collection, { logged }, plus(logged, 180 * DAY - 1))).toBe('keep');
      expect(outcome(collection, { logged }, plus(logged, 180 * DAY))).toBe('erase');
    }
  });

  test('seedance-api.retention.logs-limited: what only debugging or the audit needs is taken out before, each at its own end', () => {
    expect(takenOut(plus(logged, 30 * DAY - 1))).toEqual([]);
    expect(takenOut(plus(logged, 30 * DAY)).sort()).toEqual(['latencyMs', 'status']);
    expect(takenOut(plus(logged, 90 * DAY - 1)).sort()).toEqual(['latencyMs', 'status']);
    expect(takenOut(plus(logged, 90 * DAY)).sort()).toEqual(['ip', 'latencyMs', 'status']);
    expect(outcome('apiLogs', { logged }, plus(logged, 90 * DAY))).toBe('keep');
  });
});

describe('accounts', () => {
  const closed = new Date('2026-05-05T12:00:00.000Z');

  test('seedance-api.retention.account-active: an account stays while it is active, however long, and is gone a day after it was closed', () => {
    expect(outcome('users', {}, new Date('2090-01-01T00:00:00Z'))).toBe('keep');
    expect(outcome('users', { accountClosed: closed }, plus(closed, DAY - 1))).toBe('keep');
    expect(outcome('users', { accountClosed: closed }, plus(closed, DAY))).toBe('erase');
  });

  test('invoices outlive the account: those of 2026 until the end of 2034', () => {
    const paid = new Date('2026-03-10T09:00:00Z');
    expect(outcome('payments', { paid }, new Date('2034-12-31T22:59:59.999Z'))).toBe('keep');
    expect(outcome('payments', { paid }, new Date('2034-12-31T23:00:00.000Z'))).toBe('erase');
  });
});
