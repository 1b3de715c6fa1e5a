import { dayOf } from '../outbox/letterFrame.ts';
import { letterId, queueLetter } from '../outbox/queueLetter.ts';
import { HIDDEN_LINK } from '../outbox/withRealLink.ts';
import type { OutboxLetter } from '../stored.ts';
import type { World } from '../world.ts';
import type { Notification } from './notification.ts';

/** What the occasion of a notice's letter begins with. */
export function occasionOf(notification: string): string {
  return `recipient-told:${notification}`;
}

/** Puts the letter of a notice into the outbox, once. Throws LETTER_INVALID. */
export async function queueRecipientLetter(
  world: World,
  notification: Notification,
  to: string,
  now: Date,
): Promise<void> {
  const { _id, what, categories, references = [], dueAt } = notification;
  const { name, contact } = world.policy.controller;
  const labels = categories.map((each) => world.policy.categories.find((one) => one.name === each)?.label ?? each);
  const model = {
    controller: { name, contact },
    notice: _id,
    erasure: what === 'erasure',
    rectification: what === 'rectification',
    restriction: what === 'restriction',
    lifted: what === 'restriction-lifted',
    categories: labels,
    references,
    dueOn: dayOf(world, dueAt),
    link: HIDDEN_LINK,
  };
  // Help desks set aside what says that a machine wrote it; this one asks somebody to act.
  const letter = { letter: 'recipient-told', language: 'en', model, automatic: false, tells: _id } as const;
  await queueLetter(world, { ...letter, to, occasion: letterOccasion(_id) }, now);
}

/** How far the letter of a notice is; undefined where there is none. */
export async function letterStateOf(world: World, notification: string): Promise<OutboxLetter['state'] | undefined> {
  const id = letterId(world, letterOccasion(notification));
  return (await world.records.collection<OutboxLetter>('outbox').get(id))?.state;
}

function letterOccasion(notification: string): string {
  return `${occasionOf(notification)}:1`;
}
