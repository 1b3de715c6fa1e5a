import { localDate, localDateOf } from '../../kernel/clock/localDate.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { event, fresh } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import type { Assessment } from '../keptReviews.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { World } from '../world.ts';
import { recurring } from './recurring.ts';

const SHORTEST = 5;
const LONGEST = 2_000;

/** Throws as `Reviews.assess` says. */
export async function recordAssessment(
  world: World,
  input: { scope: unknown; by: unknown; on?: unknown },
): Promise<Assessment> {
  const now = world.clock.now();
  const today = localDateOf(now, world.policy.controller.zone);
  const { _id: by } = await demandOffice(world, input.by, 'assessment');
  const scope = demandText(input.scope, 'scope', LONGEST);
  if (scope.length < SHORTEST) throw invalid('scope', 'Say what was assessed, and what came of it.');
  const on = input.on === undefined ? today : dayIn(input.on);
  if (on === undefined || on.since(today).sign > 0)
    throw invalid('on', 'Give the day of the assessment as YYYY-MM-DD, today at the latest.');
  const measure = recurring(world, 'assessment');

  const day = on.toString();
  const nextDueOn = measure && on.add(measure.every.period).toString();
  const done = event(world, 'VulnerabilitiesAssessed', now, { by, on: day, scope });
  const assessment: Assessment = {
    ...fresh(world, `assessment-${world.crypto.newId()}`, [done]),
    ...{ on: day, scope, by, recordedAt: now },
    ...(nextDueOn && { nextDueOn }),
  };
  await world.records.collection<Assessment>('assessments').insert(assessment);
  return assessment;
}

function dayIn(text: unknown): ReturnType<typeof localDate> | undefined {
  try {
    return localDate(String(text), 'on');
  } catch {
    return undefined;
  }
}

function invalid(place: string, remedy: string): KeptError {
  return new KeptError('INPUT_INVALID', `There is no usable ${place}`, { place, remedy });
}
