import type { Request } from 'express';
import type { Parts } from '../../src/variant.ts';
import type { Render } from '../../src/web/views.ts';
import type { Models, Person } from './models.ts';

export const title = 'Seedance 2.5';

/** Where mail to support arrives: Kept's mailbox. */
export const supportAddress = 'support@seedance25-ai.net';

/** What the website is made of; each part takes it. */
export interface Site extends Omit<Parts, 'connection'> {
  readonly models: Models;
  readonly supportAddress: string;
  readonly render: Render;
}

/** Country of the visitor's IP address, ISO 3166, as the network edge in front of the site writes it. */
export function countryOf(req: Request): string | undefined {
  const told = (req.get('x-country') ?? '').toUpperCase();
  return /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(told) ? told : undefined;
}

/** Writes down that somebody used a feature. */
export async function noteUse({ models, now }: Site, person: Person, feature: string): Promise<void> {
  await models.interactions.create({ userId: person._id, feature, at: now() });
}
