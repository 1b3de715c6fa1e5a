import { localDate, localDateOf } from '../../kernel/clock/localDate.ts';
import { raiseFinding, resolveFinding } from '../findings/findings.ts';
import type { Assessment } from '../keptReviews.ts';
import { history } from '../policy/accept.ts';
import type { World } from '../world.ts';
import { accessReview } from './accessReview.ts';
import { recurring } from './recurring.ts';

const REVIEW = 'ACCESS_REVIEW_OVERDUE';
const ASSESSMENT = 'ASSESSMENT_OVERDUE';

/** Says which reviews and assessments are overdue, each as a finding of its own. */
export async function checkReviews(world: World): Promise<{ overdue: number }> {
  const now = world.clock.now();
  const { accounts } = await accessReview(world, now);
  for (const { staff, overdue } of accounts) {
    if (!overdue) {
      await resolveFinding(world, REVIEW, staff, now);
      continue;
    }
    const text = 'Nobody has reviewed in time whether this staff account still needs its access.';
    await raiseFinding(world, { code: REVIEW, about: staff, severity: 'warning', text, place: staff }, now);
  }

  const late = await isAssessmentOverdue(world, now);
  const about = 'assessment';
  const text = 'Vulnerabilities were not assessed in time.';
  if (late)
    await raiseFinding(
      world,
      { code: ASSESSMENT, about, severity: 'warning', text, place: 'security.assessment' },
      now,
    );
  else await resolveFinding(world, ASSESSMENT, about, now);
  return { overdue: accounts.filter(({ overdue }) => overdue).length + (late ? 1 : 0) };
}

/** The first one is due a period after the policy came into force here. */
async function isAssessmentOverdue(world: World, now: Date): Promise<boolean> {
  const measure = recurring(world, 'assessment');
  if (!measure) return false;
  const { zone } = world.policy.controller;
  const [last] = await world.records
    .collection<Assessment>('assessments')
    .find({ service: world.service }, { sort: { on: -1 }, limit: 1 });
  const [first] = await history(world);
  const since = last ? localDate(last.on, 'on') : localDateOf(first?.since ?? now, zone);
  return since.add(measure.every.period).until(localDateOf(now, zone)).sign > 0;
}
