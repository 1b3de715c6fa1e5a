import { describe, expect, test } from '@jest/globals';
import type { Hold, RetentionRecord } from '../../../packages/core/src/kernel/decision.ts';
import { decideRedaction, decideRetention } from '../../../packages/core/src/kernel/retention/decideRetention.ts';
import { redactionFilter } from '../../../packages/core/src/kernel/retention/redactionFilter.ts';
import { redacting as policy } from './variedPolicies.ts';

const DAY = 86_400_000;
const LOGGED = new Date('2026-03-02T10:00:00.000Z');
const on = (days: number, ms = 0): Date => new Date(LOGGED.getTime() + days * DAY + ms);
const details = { rule: 'log-details', fields: ['status', 'durationMs'] };
const log: RetentionRecord = { collection: 'apiLogs', subject: 'u1', anchors: { logged: LOGGED }, predicates: {} };

describe('fields that go before their record', () => {
  test('the inventory knows which they are', () => {
    const redactions = policy.inventory.collections.map(({ name, redactions: all }) => [name, all]);
    expect(redactions.filter(([, all]) => all !== undefined)).toEqual([
      ['generations', [{ rule: 'inputs', fields: ['references[].file'] }]],
      ['apiLogs', [details]],
    ]);
  });

  test('leave it by their own rule, while the record stays by its own', () => {
    expect(decideRedaction(policy, log, details, [], on(7, -1)).outcome).toBe('keep');
    expect(decideRedaction(policy, log, details, [], on(7))).toMatchObject({
      outcome: 'redact',
      because: [{ rule: 'retention.log-details' }],
    });
    expect(decideRetention(policy, log, [], on(89)).outcome).toBe('keep');
    expect(decideRetention(policy, log, [], on(90)).outcome).toBe('erase');
  });

  test('a sweep that works ahead takes them before their time is over', () => {
    expect(decideRedaction(policy, log, details, [], on(7, -1000), { aheadMs: 1000 }).outcome).toBe('redact');
    expect(decideRedaction(policy, log, details, [], on(7, -1001), { aheadMs: 1000 }).outcome).toBe('keep');
  });

  test('stay as long as a hold keeps the record, and the strongest hold speaks', () => {
    const hold = (kind: Hold['kind']): Hold => ({ kind, subject: 'u1', ground: 'case 12', from: LOGGED });
    const decision = decideRedaction(policy, log, details, [hold('access-open'), hold('legal')], on(8));
    expect(decision.outcome).toBe('keep');
    expect(decision.because.map((one) => one.rule)).toEqual(['holds.legal', 'retention.log-details']);
  });

  test('a record without its date keeps them, and that is a finding', () => {
    expect(decideRedaction(policy, { ...log, anchors: {} }, details, [], on(1000)).outcome).toBe('undetermined');
  });

  test('a rule that the policy no longer has takes nothing', () => {
    const gone = { rule: 'gone', fields: ['status'] };
    expect(decideRedaction(policy, log, gone, [], on(1000)).outcome).toBe('keep');
    expect(redactionFilter(policy, 'apiLogs', gone, on(1000))).toBeNull();
  });
});
