import type { Assessment, Reviews } from '../keptReviews.ts';
import type { World } from '../world.ts';
import { accessReview } from './accessReview.ts';
import { checkReviews } from './checkReviews.ts';
import { recordAssessment } from './recordAssessment.ts';
import { reviewAccount } from './reviewAccount.ts';

export function reviews(world: World): Reviews {
  return {
    access: () => accessReview(world, world.clock.now()),
    review: (staff, by, outcome) => reviewAccount(world, staff, by, outcome),
    assess: (input) => recordAssessment(world, input),
    check: () => checkReviews(world),
    async assessments() {
      const all = world.records.collection<Assessment>('assessments');
      return all.find({ service: world.service }, { sort: { on: -1, recordedAt: -1 } });
    },
  };
}
