import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import type { Hold, RetentionRecord } from '../../../packages/core/src/kernel/decision.ts';
import { KeptError } from '../../../packages/core/src/kernel/keptError.ts';
import { decideRetention } from '../../../packages/core/src/kernel/retention/decideRetention.ts';
import { policyWith } from '../policy/editedPack.ts';

const policy = await loadPack('sdance-ai');
const OVER = new Date('2026-06-01T00:00:00Z');
const PLACED = new Date('2026-05-01T00:00:00Z');
const log: RetentionRecord = {
  collection: 'apiLogs',
  subject: 'u1',
  anchors: { logged: new Date('2026-01-01T00:00:00Z') },
  predicates: {},
};
const hold = (kind: Hold['kind'], rest: Partial<Hold> = {}): Hold => ({
  kind,
  subject: 'u1',
  ground: 'case 12',
  from: PLACED,
  ...rest,
});
const rules = (holds: readonly Hold[], now = OVER): string[] =>
  decideRetention(policy, log, holds, now).because.map((one) => one.rule);

describe('where rules meet', () => {
  test.each(['legal', 'restriction', 'access-open'] as const)(
    'a %s hold keeps a record whose term has ended, and says so',
    (kind) => {
      const decision = decideRetention(policy, log, [hold(kind)], OVER);
      expect(decision.outcome).toBe('keep');
      expect(decision.because.map((one) => one.rule)).toEqual([`holds.${kind}`, 'retention.api-logs']);
      expect(decision.because[1]?.text).toContain('2026-04-01T00:00:00.000Z');
    },
  );

  test('a legal hold speaks before a restriction, and that before an open request for access', () => {
    expect(rules([hold('access-open'), hold('restriction'), hold('legal')])[0]).toBe('holds.legal');
    expect(rules([hold('access-open'), hold('restriction')])[0]).toBe('holds.restriction');
  });

  test('erasure resumes the moment the hold ends', () => {
    const until = new Date('2026-06-01T00:00:00.000Z');
    expect(decideRetention(policy, log, [hold('legal', { until })], new Date(until.getTime() - 1)).outcome).toBe(
      'keep',
    );
    expect(decideRetention(policy, log, [hold('legal', { until })], until).outcome).toBe('erase');
  });

  test('a hold on somebody else, on another collection, or of the future reaches nothing', () => {
    for (const rest of [{ subject: 'u2' }, { collection: 'users' }, { from: new Date(OVER.getTime() + 1) }]) {
      expect(decideRetention(policy, log, [hold('legal', rest)], OVER).outcome).toBe('erase');
    }
  });

  test('a hold without a subject reaches everybody', () => {
    const { subject: _nobody, ...everybody } = hold('legal');
    expect(decideRetention(policy, log, [everybody], OVER).outcome).toBe('keep');
  });

  test('a floor beneath a ceiling keeps what the sweep would take early', () => {
    const pack = policyWith([
      'keep: { atMost: P90D, from: notice }\n    since: logged',
      'keep: { atMost: P90D, atLeast: P90D, from: notice }\n    since: logged',
    ]);
    const now = new Date('2026-03-31T23:00:00.000Z');
    expect(decideRetention(policy, log, [], now, { aheadMs: 7_200_000 }).outcome).toBe('erase');
    expect(decideRetention(pack, log, [], now, { aheadMs: 7_200_000 }).outcome).toBe('keep');
    expect(decideRetention(pack, log, [], new Date('2026-04-01T00:00:00.000Z')).outcome).toBe('erase');
  });

  test('a collection that the inventory does not have is refused by name', () => {
    const ask = (): unknown => decideRetention(policy, { ...log, collection: 'visits' }, [], OVER);
    expect(ask).toThrow(KeptError);
    expect(ask).toThrow(/visits/);
  });
});
