import type { Decision } from '../../kernel/decision.ts';
import type { SubjectQuestion } from '../kept.ts';
import type { Worlds } from '../useCasesInForce.ts';
import type { World } from '../world.ts';
import { askAbout, factsUnknown, reportUnknown } from './askAbout.ts';
import { demandSubject } from './demandSubject.ts';

/** Loads what is known of the subject and asks the kernel. @throws KeptError QUESTION_INVALID, SUBJECT_INVALID */
export async function decideFor(
  world: World,
  { subject, visibility, collected, ...question }: SubjectQuestion,
): Promise<Decision> {
  const about = { subject, ...(visibility && { visibility }), ...(collected && { collected }) };
  return (await askAbout(world, about))(question);
}

/** The same under the version in force; while nobody knows which that is, a tighter one may be, and nothing is permitted. */
export async function decideInForce(worlds: Worlds, question: SubjectQuestion): Promise<Decision> {
  demandSubject(question.subject);
  let world: World;
  try {
    world = await worlds.now();
  } catch (error) {
    const latest = worlds.latest();
    await reportUnknown(latest, error, latest.clock.now());
    return factsUnknown;
  }
  return decideFor(world, question);
}
