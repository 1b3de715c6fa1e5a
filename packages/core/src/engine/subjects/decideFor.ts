import { decideAsPromised } from '../../kernel/change/decideAsPromised.ts';
import type { Decision } from '../../kernel/decision.ts';
import { saidOf } from '../../kernel/objection/objectionTo.ts';
import type { SubjectQuestion } from '../kept.ts';
import { acceptedVersions } from '../policy/acceptances.ts';
import type { StandingPromise } from '../policy/worldInForce.ts';
import { activeHolds } from '../requests/activeHolds.ts';
import type { World } from '../world.ts';
import { consents } from './consents.ts';
import { objections } from './objections.ts';
import { personFacts } from './personFacts.ts';
import { policiesThatBind } from './policiesThatBind.ts';

/** Loads what is known of the subject and asks the kernel, by the version in force and by what was promised before. */
export async function decideFor(
  world: World,
  { subject, visibility, collected, ...question }: SubjectQuestion,
): Promise<Decision> {
  const now = world.clock.now();
  const [given, objected, holds, promised, person] = await Promise.all([
    consents(world).history(subject),
    objections(world).history(subject),
    activeHolds(world, now, subject),
    promisedTo(world, subject, collected),
    personFacts(world, subject, now),
  ]);

  const said = { consents: given, objections: objected };
  return decideAsPromised(
    world.policy,
    promised,
    {
      ...person,
      ...saidOf(question.purpose, said, policiesThatBind(world), now),
      restricted: holds.some((hold) => hold.kind === 'restriction'),
      held: holds.some((hold) => hold.kind === 'legal'),
      ...(visibility !== undefined && { visibility }),
    },
    question,
    now,
  );
}

/** Earlier versions under which the data may have been collected, unless the person has accepted a later one. */
async function promisedTo(world: World, subject: string, collected: Date | undefined): Promise<StandingPromise[]> {
  const standing = world.promised.filter(({ until }) => collected === undefined || collected < until);
  if (standing.length === 0) return [];
  const accepted = (await acceptedVersions(world, [subject])).get(subject) ?? Number.NEGATIVE_INFINITY;
  return standing.filter(({ version }) => accepted <= version);
}
