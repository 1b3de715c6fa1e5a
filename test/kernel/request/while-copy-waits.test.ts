import { expect, test } from '@jest/globals';
import { type WaitingErasure, whileCopyWaits } from '../../../packages/core/src/kernel/request/whileCopyWaits.ts';

const clock = { due: '2026-04-03', extendedDue: '2026-06-03', extensionNoticeBy: '2026-04-03' };
const waiting: WaitingErasure = { day: '2026-03-10', dueOn: '2026-04-02', clock, isReport: false, lacks: false };

test.each<[string, Partial<WaitingErasure>, object]>([
  ['while there is time it waits', {}, { what: 'wait' }],
  ['four days before its date it still waits', { day: '2026-03-29' }, { what: 'wait' }],
  ['three days before, its period is extended', { day: '2026-03-30' }, { what: 'extend' }],
  [
    'where the law leaves the end to what is told, a day is named',
    { day: '2026-03-30', clock: { ...clock, extendedDue: null } },
    { what: 'extend', until: '2026-05-03' },
  ],
  [
    'where the law knows no extension, staff are told',
    { day: '2026-03-30', clock: { ...clock, extensionNoticeBy: null } },
    { what: 'tell-staff', stage: 'late' },
  ],
  ['of a report, staff are told', { day: '2026-03-30', isReport: true }, { what: 'tell-staff', stage: 'late' }],
  ['a copy that lacks data is told of at once', { lacks: true }, { what: 'tell-staff', stage: 'lacking' }],
  ['once extended, staff are told', { extendedBy: 'kept' }, { what: 'tell-staff', stage: 'late' }],
  [
    'on the last day of the extension it is over',
    { day: '2026-06-03', dueOn: '2026-06-03', extendedBy: 'kept' },
    { what: 'tell-staff', stage: 'over' },
  ],
])('of an erasure that waits for its copy: %s', (_, change, expected) => {
  expect(whileCopyWaits({ ...waiting, ...change })).toEqual(expected);
});
