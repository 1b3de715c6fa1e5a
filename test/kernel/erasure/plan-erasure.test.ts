import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import type { Found, Hold, PlanLine } from '../../../packages/core/src/kernel/decision.ts';
import { planErasure } from '../../../packages/core/src/kernel/erasure/planErasure.ts';

const policy = await loadPack('sdance-ai');
const NOW = new Date('2026-03-20T12:00:00Z');
const found: readonly Found[] = [
  { collection: 'users', count: 1, files: 1 },
  { collection: 'payments', count: 2, files: 0, newest: new Date('2026-03-10T09:00:00Z') },
  { collection: 'generations', count: 7, files: 12, newest: new Date('2026-03-19T09:00:00Z') },
  { collection: 'apiLogs', count: 40, files: 0, newest: new Date('2026-03-19T09:00:00Z') },
];
const plan = (holds: readonly Hold[] = [], now = NOW, what = found): PlanLine[] =>
  planErasure(policy, what, holds, now, 'u1');
const lineOf = (lines: readonly PlanLine[], collection: string): PlanLine | undefined =>
  lines.find((line) => line.collection === collection);

describe('an erasure plan', () => {
  test('sdance-ai.right.deletion: everything goes, files with their records, but what a law keeps', () => {
    expect(plan().map(({ collection, action, count, files }) => [collection, action, count, files])).toEqual([
      ['apiLogs', 'erase', 40, 0],
      ['generations', 'erase', 7, 12],
      ['payments', 'detach', 2, 0],
      ['users', 'erase', 1, 1],
    ]);
    expect(lineOf(plan(), 'generations')).toMatchObject({ rule: 'rights.erasure', clause: 'sdance-ai.right.deletion' });
  });

  test('sdance-ai.retention.payments-by-law: payments stay without the person, and the plan says why and until when', () => {
    expect(lineOf(plan(), 'payments')).toMatchObject({
      action: 'detach',
      rule: 'retention.payments',
      clause: 'sdance-ai.retention.payments-by-law',
      ground: { article: 'Art 17(3)(b) GDPR' },
      until: new Date('2034-12-31T23:00:00.000Z'),
      categories: ['payment.last-digits', 'payment.record', 'payment.reference'],
    });
  });

  test('payments whose statutory time is over are erased with the rest', () => {
    const old = [{ collection: 'payments', count: 1, files: 0, newest: new Date('2016-03-10T09:00:00Z') }];
    expect(plan([], NOW, old)[0]?.action).toBe('erase');
  });

  test('payments without a date stay: what is unknown is kept', () => {
    const [line] = plan([], NOW, [{ collection: 'payments', count: 1, files: 0 }]);
    expect(line?.action).toBe('detach');
    expect(line).not.toHaveProperty('until');
  });

  test('a legal hold keeps everything that it reaches, with its ground and end', () => {
    const until = new Date('2027-01-01T00:00:00Z');
    const lines = plan([
      { kind: 'legal', subject: 'u1', ground: 'case 12', from: new Date('2026-01-01T00:00:00Z'), until },
    ]);
    expect(new Set(lines.map((line) => line.action))).toEqual(new Set(['keep']));
    expect(lines[0]).toMatchObject({
      rule: 'holds.legal',
      ground: { article: 'Art 17(3)(e) GDPR', text: 'case 12' },
      until,
    });
  });

  test('a restriction says in words why it keeps everything', () => {
    const held = (ground: string) => plan([{ kind: 'restriction', subject: 'u1', ground, from: NOW }])[0]?.ground;
    const article = 'Art 18(2) GDPR';
    expect(held('not-stated')).toEqual({ article, text: 'it is restricted, as was asked' });
    expect(held('objection-pending')).toEqual({ article, text: 'it is restricted while an objection is weighed' });
    expect(held('By order of a court')).toEqual({ article, text: 'By order of a court' });
  });

  test('a hold on one collection leaves the others to be erased', () => {
    const lines = plan([
      {
        kind: 'legal',
        subject: 'u1',
        collection: 'apiLogs',
        ground: 'case 12',
        from: new Date('2026-01-01T00:00:00Z'),
      },
    ]);
    expect(lineOf(lines, 'apiLogs')?.action).toBe('keep');
    expect(lineOf(lines, 'users')?.action).toBe('erase');
  });

  test('while a request for access is open, nothing is erased', () => {
    const lines = plan([
      { kind: 'access-open', subject: 'u1', ground: 'request 3', from: new Date('2026-03-19T00:00:00Z') },
    ]);
    expect(lines.every((line) => line.action === 'keep')).toBe(true);
  });
});
