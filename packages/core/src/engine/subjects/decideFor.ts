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

/**
 * The same under the version in force; while nobody knows which that is, a tighter one may be, and nothing is permitted. The
 * facts are loaded under the version last heard of meanwhile, since it seldom is another one.
 */
export async function decideInForce(worlds: Worlds, asked: SubjectQuestion): Promise<Decision> {
  const { subject, visibility, collected, ...question } = asked;
  demandSubject(subject);
  const latest = worlds.latest();
  const about = { subject, ...(visibility && { visibility }), ...(collected && { collected }) };
  const [world, ask] = await Promise.all([
    worlds.now().catch((error: unknown) => ({ error })),
    askAbout(latest, about),
  ]);
  if ('error' in world) {
    await reportUnknown(latest, world.error, latest.clock.now());
    return factsUnknown;
  }
  return world === latest ? ask(question) : decideFor(world, asked);
}
