import { categoryLabel } from '../../../kernel/policy/categoryLabel.ts';
import { dayOf } from '../../outbox/letterFrame.ts';
import { queueLetter } from '../../outbox/queueLetter.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';

/**
 * Tells those whose records they are what is done to each, and on which ground; nothing of who asked for it. The letter stands
 * on no ticket, since that is the conversation with the other.
 */
export async function tellUploaders(
  world: World,
  request: StoredRequest,
  { covered, article }: { readonly covered: boolean; readonly article: string },
): Promise<void> {
  const now = world.clock.now();
  const { name, contact } = world.policy.controller;
  for (const { owner, collection, record } of request.shownIn ?? []) {
    const [to] = await world.data.addressesOf(owner);
    if (!to) continue;
    await queueLetter(
      world,
      {
        occasion: `content-decided:${request._id}:${collection}:${record}`,
        to,
        letter: 'content-decided',
        language: 'en',
        model: {
          controller: { name, contact },
          label: labelOf(world, collection),
          record,
          on: dayOf(world, now),
          covered,
          article,
        },
        automatic: false,
      },
      now,
    );
  }
}

/** What the record is, in plain words: the category of what was generated, or of its first file. */
function labelOf({ policy }: World, collection: string): string {
  const fields = policy.inventory.collections.find(({ name }) => name === collection)?.fields ?? [];
  const category = fields.find((field) => field.category === 'generation.output') ?? fields.find(({ file }) => file);
  return category ? categoryLabel(policy, [category.category]) : collection;
}
