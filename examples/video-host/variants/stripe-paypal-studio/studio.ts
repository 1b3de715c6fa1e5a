import type { Decision } from '@kept/core';
import type { Media } from '../../src/media/media.ts';
import type { Parts } from '../../src/variant.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { Render } from '../../src/web/views.ts';
import type { Models } from './models.ts';

/** Where mail to the studio arrives: Kept's mailbox. */
export const supportAddress = 'studio@example.org';

/** What the studio is made of; each part takes it. */
export interface Studio extends Omit<Parts, 'connection'> {
  readonly models: Models;
  readonly media: Media;
  readonly render: Render;
}

/** Ends the handler unless the policy clearly says yes. */
export function demandPermitted({ outcome, because }: Decision, refusal: (why: string) => Refusal): void {
  if (outcome === 'permitted') return;
  const why = because.map((reason) => reason.text).join('; ');
  throw refusal(why || 'It is not clear that the privacy policy allows it.');
}

/** One answer for what is private and what is not there: that it exists is nobody else's business. */
export const nothingHere = (): Refusal => new Refusal(404, 'There is nothing here for you to see.');
