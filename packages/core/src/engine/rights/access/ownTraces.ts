import type { Disclosure } from '../../keptEgress.ts';
import { type StoredLink, stateOf } from '../../links/storedLink.ts';
import type { Use } from '../../uses/use.ts';
import type { StoredView } from '../../views/storedView.ts';
import type { World } from '../../world.ts';
import type { OwnMask, OwnQuestion } from './ownFiles.ts';
import { recordsWhere } from './recordsWhere.ts';

/** Who received what, when and for what; and what was kept from leaving. */
export async function* disclosuresTo(world: World, { subject }: OwnQuestion): AsyncGenerator<object> {
  for await (const one of recordsWhere<Disclosure>(world, 'disclosures', { subject })) {
    const { outcome, recipient, purpose, categories, generation, reference, at, noticeVersion } = one;
    const { fields, withheld, recipientKeepsUntil, copyEndedAt } = one;
    yield {
      ...{ at, outcome, recipient, purpose, categories, fields, generation, reference, noticeVersion },
      ...{ withheld, recipientKeepsUntil, copyEndedAt },
    };
  }
}

/** When staff looked at something, or asked to; not who. */
export async function* viewsOf(world: World, { subject }: OwnQuestion, mask: OwnMask): AsyncGenerator<object> {
  for await (const one of recordsWhere<StoredView>(world, 'views', { subject })) {
    const { at, role, purpose, reason, categories, collection, record, outcome } = one;
    const by = mask.whole('by', 'staff');
    yield { at, by, role, purpose, reason: mask.text('reason', reason), categories, collection, record, outcome };
  }
}

/** What was used for a purpose that is written down, such as training. */
export async function* usesOf(world: World, { subject }: OwnQuestion): AsyncGenerator<object> {
  for await (const one of recordsWhere<Use>(world, 'uses', { subject, kind: 'use' })) {
    const { at, purpose, set, record, categories, policyVersion, flags, takenAt } = one;
    yield { at, purpose, set, record, categories, noticeVersion: policyVersion, choices: flags, takenOutAt: takenAt };
  }
}

/** Links that the person made; never what opens them. */
export async function* linksOf(world: World, { subject }: OwnQuestion): AsyncGenerator<object> {
  const now = world.clock.now();
  for await (const link of recordsWhere<StoredLink>(world, 'links', { subject })) {
    const { collection, record, part, createdAt, until, revokedAt, opened } = link;
    yield { state: stateOf(link, now), collection, record, part, createdAt, until, revokedAt, opened };
  }
}
