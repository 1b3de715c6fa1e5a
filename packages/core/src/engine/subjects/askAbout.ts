import type { Decision } from '../../kernel/decision.ts';
import { isKeptError, KeptError } from '../../kernel/keptError.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { SubjectQuestion } from '../kept.ts';
import type { World } from '../world.ts';
import { type Ask, askBy } from './askBy.ts';
import { demandSubject } from './demandSubject.ts';
import { knownFacts } from './knownFacts.ts';
import { personFacts } from './personFacts.ts';

export type { Ask } from './askBy.ts';

/** Whose data it is, and what the host alone knows of it. */
export type About = Pick<SubjectQuestion, 'subject' | 'visibility' | 'collected'>;

/**
 * Loads what is known of a person once, and answers any number of questions by it: under the version in force, and under
 * those that still bind. Facts that cannot be loaded leave every question undetermined.
 * @throws KeptError SUBJECT_INVALID, QUESTION_INVALID where `collected` is no instant
 */
export async function askAbout(world: World, { subject, visibility, collected }: About): Promise<Ask> {
  demandSubject(subject);
  demandCollected(collected);
  const now = world.clock.now();
  try {
    const [known, person] = await Promise.all([knownFacts(world, subject, now), personFacts(world, subject, now)]);
    const told = { ...(visibility !== undefined && { visibility }), ...(collected !== undefined && { collected }) };
    return askBy(world, { facts: known, person }, told, now);
  } catch (error) {
    await reportUnknown(world, error, now);
    return () => factsUnknown;
  }
}

/** By what is no instant, no earlier promise would bind. */
function demandCollected(collected: Date | undefined): void {
  if (collected === undefined || Number.isFinite(collected.getTime?.())) return;
  throw new KeptError('QUESTION_INVALID', 'The time at which data was collected is no instant', {
    place: 'collected',
    remedy: 'Hand over a Date, or leave it out.',
  });
}

/** What every gate takes for a no. */
export const factsUnknown: Decision = Object.freeze({
  outcome: 'undetermined',
  because: Object.freeze([{ rule: 'facts', clause: '', text: 'what is known of the person could not be loaded' }]),
  missing: Object.freeze(['facts']),
  terms: Object.freeze([]),
});

/** Where even the finding cannot be written, the log has it. */
export async function reportUnknown(world: World, cause: unknown, now: Date): Promise<void> {
  const code = isKeptError(cause) ? cause.code : cause instanceof Error ? cause.name : 'UNKNOWN';
  world.log({ level: 'error', event: 'facts.not-loaded', code });
  await raiseFinding(
    world,
    {
      code: 'FACTS_NOT_LOADED',
      about: 'facts',
      severity: 'error',
      text: `Questions were left undetermined: what is known of the people could not be loaded (${code})`,
      place: 'kept.decide',
    },
    now,
  ).catch(() => {});
}
