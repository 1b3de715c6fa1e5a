import type { DeadlineClock, StoredRequest } from '../../packages/console/src/kept.ts';

const day = (date: string) => ({ nominal: date, due: date, earliest: date, extensionNoticeBy: date, ifPaused: null });
const PROMISE = { promiseDue: '2026-12-17' };

const CLOCKS: Readonly<Record<string, DeadlineClock>> = {
  'eu-gdpr': {
    ...{ ...day('2026-12-17'), ...PROMISE, extendedDue: '2027-02-17', extendedEarliest: '2027-02-17' },
    rules: ['eu-gdpr.respond Art. 12(3) GDPR', 'promise P30D sdance-ai.rights.answer-30-days'],
  },
  'us-ca': {
    ...{ ...day('2027-01-01'), ...PROMISE, extendedDue: '2027-02-15', extendedEarliest: '2027-02-14' },
    rules: ['us-ca.respond 11 CCR 7021(b)'],
  },
  'kr-pipa': {
    ...{ ...day('2026-11-27'), ...PROMISE, extendedDue: null, extendedEarliest: null },
    rules: ['kr-pipa.respond Decree Art 43(3)', 'kr-pipa.respond.extend Art 35(3) (unverified)'],
  },
};

/** Dates as the laws of three places have them; California has a letter acknowledged too. */
export function fakeClock({ regime }: StoredRequest, kind?: string): DeadlineClock {
  const clock = CLOCKS[regime] ?? (CLOCKS['eu-gdpr'] as DeadlineClock);
  return kind === 'acknowledge' ? { ...clock, due: regime === 'us-ca' ? '2026-12-02' : null } : clock;
}
