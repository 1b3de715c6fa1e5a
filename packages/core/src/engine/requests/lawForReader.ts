import { lawFacts } from '../outbox/lawFacts.ts';
import type { LawFacts } from '../ports/letterModels.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { isReaderThePerson } from './isReaderThePerson.ts';
import { lawNamed, lawOf } from './lawOf.ts';

/** The law of the person, where it is the person who reads it; else that of somebody unknown. */
export async function lawForReader(world: World, request: StoredRequest): Promise<LawFacts> {
  const open = 'identity' in request || (await isReaderThePerson(world, request));
  const { regime } = await (open ? lawNamed(world, request.regime) : lawOf(world, undefined));
  return lawFacts(regime, { right: request.right, kind: 'respond' });
}
