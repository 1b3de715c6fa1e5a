import type { Decision, Question } from '../../kernel/decision.ts';
import type { SubjectQuestion } from '../kept.ts';
import { demandContent } from '../reports/demandContent.ts';
import { isWithheld } from '../reports/withheld.ts';
import type { Worlds } from '../useCasesInForce.ts';
import type { World } from '../world.ts';
import { type Ask, askAbout, factsUnknown, reportUnknown } from './askAbout.ts';
import { demandSubject } from './demandSubject.ts';

/** Loads what is known of the subject and asks the kernel. @throws KeptError QUESTION_INVALID, SUBJECT_INVALID */
export async function decideFor(world: World, asked: SubjectQuestion): Promise<Decision> {
  return (await askOf(world, asked))(questionOf(asked));
}

/**
 * The same under the version in force; while nobody knows which that is, a tighter one may be, and nothing is permitted. The
 * facts are loaded under the version last heard of meanwhile, since it seldom is another one.
 */
export async function decideInForce(worlds: Worlds, asked: SubjectQuestion): Promise<Decision> {
  demandSubject(asked.subject);
  const latest = worlds.latest();
  const [world, ask] = await Promise.all([worlds.now().catch((error: unknown) => ({ error })), askOf(latest, asked)]);
  if ('error' in world) {
    await reportUnknown(latest, world.error, latest.clock.now());
    return factsUnknown;
  }
  return world === latest ? ask(questionOf(asked)) : decideFor(world, asked);
}

/** Asks about the person; a record that is withheld is shown to nobody else, and what cannot be looked up is undetermined. */
async function askOf(world: World, { subject, visibility, collected, content }: SubjectQuestion): Promise<Ask> {
  const about = { subject, ...(visibility && { visibility }), ...(collected && { collected }) };
  if (content === undefined) return askAbout(world, about);
  const named = demandContent(content);
  try {
    return askAbout(world, (await isWithheld(world, named)) ? { ...about, visibility: 'private' } : about);
  } catch (error) {
    await reportUnknown(world, error, world.clock.now());
    return () => factsUnknown;
  }
}

function questionOf({
  subject: _,
  visibility: _v,
  collected: _c,
  content: _r,
  ...question
}: SubjectQuestion): Question {
  return question;
}
