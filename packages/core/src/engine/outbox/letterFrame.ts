import { localDateOf } from '../../kernel/clock/localDate.ts';
import type { LetterFrame } from '../ports/letterModels.ts';
import type { Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/** What every letter about a ticket knows. */
export function letterFrame(world: World, ticket: Pick<Ticket, 'number'>): LetterFrame {
  const { name, contact } = world.policy.controller;
  return { controller: { name, contact }, reference: ticket.number };
}

/** The day of an instant in the zone in which the controller counts. */
export function dayOf(world: World, at: Date): string {
  return localDateOf(at, world.policy.controller.zone).toString();
}
