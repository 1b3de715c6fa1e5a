import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import type { Hold, RetentionDecision, RetentionRecord } from '../../../packages/core/src/kernel/decision.ts';
import { decideRetention } from '../../../packages/core/src/kernel/retention/decideRetention.ts';
import { policyWith } from '../policy/editedPack.ts';

const policy = await loadPack('sdance-ai');
const DAY = 86_400_000;
const GENERATED = new Date('2026-03-02T10:00:00.000Z');
const later = (from: Date, { days = 0, ms = 0 }: { days?: number; ms?: number }): Date =>
  new Date(from.getTime() + days * DAY + ms);

const video = (facts: { saved?: boolean; unsaved?: Date } = {}): RetentionRecord => ({
  collection: 'generations',
  subject: 'u1',
  anchors: { generated: GENERATED, ...(facts.unsaved && { unsaved: facts.unsaved }) },
  predicates: { saved: facts.saved ?? false },
});
const outcome = (
  record: RetentionRecord,
  now: Date,
  holds: readonly Hold[] = [],
  aheadMs = 0,
): RetentionDecision['outcome'] => decideRetention(policy, record, holds, now, { aheadMs }).outcome;

describe('generated videos', () => {
  test('sdance-ai.retention.videos-30-days: day 29 stays, day 30 goes, saved stays', () => {
    expect(outcome(video(), later(GENERATED, { days: 29 }))).toBe('keep');
    expect(outcome(video(), later(GENERATED, { days: 30, ms: -1 }))).toBe('keep');
    expect(outcome(video(), later(GENERATED, { days: 30 }))).toBe('erase');
    expect(outcome(video({ saved: true }), later(GENERATED, { days: 3000 }))).toBe('keep');
  });

  test('sdance-ai.retention.videos-30-days: an old video that is un-saved has seven days of grace', () => {
    const unsaved = later(GENERATED, { days: 100 });
    expect(outcome(video({ unsaved }), later(unsaved, { days: 7, ms: -1 }))).toBe('keep');
    expect(outcome(video({ unsaved }), later(unsaved, { days: 7 }))).toBe('erase');
  });

  test('sdance-ai.retention.videos-30-days: a video un-saved at once still has its thirty days', () => {
    const unsaved = later(GENERATED, { days: 1 });
    expect(outcome(video({ unsaved }), later(GENERATED, { days: 29 }))).toBe('keep');
    expect(outcome(video({ unsaved }), later(GENERATED, { days: 30 }))).toBe('erase');
  });

  test('the sweep begins before the ceiling, and never before the grace is over', () => {
    const hour = 3_600_000;
    expect(outcome(video(), later(GENERATED, { days: 30, ms: -hour }), [], hour)).toBe('erase');
    expect(outcome(video(), later(GENERATED, { days: 30, ms: -hour - 1 }), [], hour)).toBe('keep');
    const unsaved = later(GENERATED, { days: 100 });
    expect(outcome(video({ unsaved }), later(unsaved, { days: 7, ms: -1 }), [], hour)).toBe('keep');
  });

  test('a video without a date of generation, or of which nobody knows whether it is saved, stays and is a finding', () => {
    const undated: RetentionRecord = { collection: 'generations', anchors: {}, predicates: { saved: false } };
    const unknown: RetentionRecord = { collection: 'generations', anchors: { generated: GENERATED }, predicates: {} };
    expect(outcome(undated, later(GENERATED, { days: 3000 }))).toBe('undetermined');
    expect(outcome(unknown, later(GENERATED, { days: 3000 }))).toBe('undetermined');
  });

  test('the reason names the rule, the clause and the instant', () => {
    const { because, dueAt } = decideRetention(policy, video(), [], later(GENERATED, { days: 31 }));
    expect(dueAt).toEqual(new Date('2026-04-01T10:00:00.000Z'));
    expect(because).toEqual([
      {
        rule: 'retention.generated-videos',
        clause: 'sdance-ai.retention.videos-30-days',
        text: 'ended at 2026-04-01T10:00:00.000Z',
      },
    ]);
  });
});

describe('API logs', () => {
  test('sdance-ai.retention.api-logs-90-days: no log is older than 90 days, not even across a change of the clocks', () => {
    const at = new Date('2026-09-01T00:30:00Z');
    const log: RetentionRecord = { collection: 'apiLogs', anchors: { logged: at }, predicates: {} };
    expect(outcome(log, new Date(at.getTime() + 90 * 24 * 3_600_000 - 1))).toBe('keep');
    expect(outcome(log, new Date(at.getTime() + 90 * 24 * 3_600_000))).toBe('erase');
  });
});

describe('accounts', () => {
  const closed = new Date('2026-05-05T12:00:00.000Z');
  const account = (accountClosed?: Date): RetentionRecord => ({
    collection: 'users',
    anchors: accountClosed ? { accountClosed } : {},
    predicates: {},
  });

  test('sdance-ai.retention.account: boundary to the second, 30 days after closing', () => {
    expect(outcome(account(closed), later(closed, { days: 30, ms: -1000 }))).toBe('keep');
    expect(outcome(account(closed), later(closed, { days: 30 }))).toBe('erase');
  });

  test('sdance-ai.retention.account: an account that lives is kept, and that is no finding', () => {
    const decision = decideRetention(policy, account(), [], new Date('2090-01-01T00:00:00Z'));
    expect(decision.outcome).toBe('keep');
    expect(decision.dueAt).toBeUndefined();
  });
});

describe('payments', () => {
  const payment = (paid: string): RetentionRecord => ({
    collection: 'payments',
    anchors: { paid: new Date(paid) },
    predicates: {},
  });
  const dueDay = (pack: typeof policy, paid: string): string | undefined =>
    decideRetention(pack, payment(paid), [], new Date(paid)).dueAt?.toLocaleString('sv-SE', {
      timeZone: 'Europe/Berlin',
    });

  test('sdance-ai.retention.payments-by-law: an invoice of 10 March 2026 is kept until the end of 2034 in Germany', () => {
    expect(dueDay(policy, '2026-03-10T09:00:00Z')).toBe('2035-01-01 00:00:00');
    expect(outcome(payment('2026-03-10T09:00:00Z'), new Date('2034-03-10T09:00:00Z'))).toBe('keep');
    expect(outcome(payment('2026-03-10T09:00:00Z'), new Date('2034-12-31T22:59:59.999Z'))).toBe('keep');
    expect(outcome(payment('2026-03-10T09:00:00Z'), new Date('2034-12-31T23:00:00.000Z'))).toBe('erase');
  });

  test('sdance-ai.retention.payments-by-law: the year is that of the operator, so the last hour of UTC is the next one', () => {
    expect(dueDay(policy, '2026-12-31T22:59:59Z')).toBe('2035-01-01 00:00:00');
    expect(dueDay(policy, '2026-12-31T23:00:00Z')).toBe('2036-01-01 00:00:00');
  });

  test('sdance-ai.retention.payments-by-law: the period follows the configured country', () => {
    expect(dueDay(policyWith(['country: DE #', 'country: AT #']), '2026-03-10T09:00:00Z')).toBe('2034-01-01 00:00:00');
    expect(dueDay(policyWith(['country: DE #', 'country: CH #']), '2026-03-10T09:00:00Z')).toBe('2037-01-01 00:00:00');
  });

  test('a sweep that works ahead never cuts a statutory floor short', () => {
    expect(outcome(payment('2026-03-10T09:00:00Z'), new Date('2034-12-31T22:59:59.999Z'), [], DAY)).toBe('keep');
  });
});
