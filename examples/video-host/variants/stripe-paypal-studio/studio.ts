import { isKeptError } from '@kept/core';
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

const statusOf: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  CONFLICT: 409,
  INVALID: 422,
  REFUSED: 403,
};

/** Says what Kept refused, with the status of its family; any other error goes on as it is. */
export function asRefusal(error: unknown): never {
  if (!isKeptError(error)) throw error;
  const [, family = ''] = /_(NOT_FOUND|[A-Z]+)$/.exec(error.code) ?? [];
  const status = statusOf[family];
  throw status === undefined ? error : new Refusal(status, `${error.message}: ${error.remedy}`);
}

/** One answer for what is private and what is not there: that it exists is nobody else's business. */
export const nothingHere = (): Refusal => new Refusal(404, 'There is nothing here for you to see.');
