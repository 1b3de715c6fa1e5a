import type { Acceptance } from '../../policy/acceptances.ts';
import type { ConsentRecord, ObjectionRecord, StoredHold } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { OwnMask, OwnQuestion } from './ownFiles.ts';
import { recordsWhere } from './recordsWhere.ts';

interface Choice {
  readonly kind: 'consent' | 'objection';
}

export function categoryOfChoice(choice: object): string {
  return `choice.${(choice as Choice).kind}`;
}

/** Every consent that was given or withdrawn, and every objection, as they were said. */
export async function* choicesOf(world: World, { subject }: OwnQuestion): AsyncGenerator<Choice> {
  for await (const { events } of recordsWhere<ConsentRecord>(world, 'consents', { subject })) {
    for (const event of events) yield { kind: 'consent', ...event };
  }
  for await (const { events } of recordsWhere<ObjectionRecord>(world, 'objections', { subject })) {
    for (const event of events) yield { kind: 'objection', ...event };
  }
}

/** Versions of the notice that the person accepted. */
export async function* acceptancesOf(world: World, { subject }: OwnQuestion): AsyncGenerator<object> {
  for await (const { policyVersion, at, source } of recordsWhere<Acceptance>(world, 'acceptances', { subject })) {
    yield { version: policyVersion, at, source };
  }
}

/** Restrictions of the person's data; what else holds it may be nobody's but a court's to tell. */
export async function* restrictionsOf(world: World, { subject }: OwnQuestion, mask: OwnMask): AsyncGenerator<object> {
  for await (const one of recordsWhere<StoredHold>(world, 'holds', { subject, kind: 'restriction' })) {
    const { collection, ground, from, until } = one;
    yield { collection, ground: mask.text('ground', ground), from, until };
  }
}
