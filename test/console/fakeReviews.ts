import type { Kept, StaffMember } from '../../packages/console/src/kept.ts';
import * as scene from './scene.ts';

/** Ben was reviewed by Ada a month ago, the leads never were, and there was one assessment. */
export function fakeReviews(staff: readonly StaffMember[]): Kept['reviews'] {
  const assessment = {
    ...scene.stored('assessment-1'),
    ...{ on: '2026-02-20', scope: 'Penetration test of the app', by: scene.ada._id, nextDueOn: '2027-02-20' },
    recordedAt: scene.ago(270),
  };
  return {
    access: async () => ({
      every: 'P90D',
      clause: 'sdance-ai.security.reviews',
      accounts: staff.map(({ _id, name, email, role }) => ({
        ...{ staff: _id, name, email, role, overdue: role === 'lead' },
        ...(role === 'agent' && {
          reviewed: { at: scene.ago(30), by: scene.ada.name },
          dueAt: scene.ago(-60),
        }),
      })),
    }),
    review: async (id) => staff.find(({ _id }) => _id === id) ?? scene.ben,
    assess: async ({ scope }) => ({ ...assessment, scope }),
    assessments: async () => [assessment],
    check: async () => ({ overdue: 2 }),
  };
}
