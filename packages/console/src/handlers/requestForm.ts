import type { z } from 'zod';
import type { Kept } from '../kept.ts';
import type { FlashCode } from '../presenters/flash.ts';
import type { Handler, RequestVisit } from '../visit.ts';
import { back } from './back.ts';
import { readForm } from './readForm.ts';

/** A form of a request's page that asks one thing of the engine: read, asked, and back to the page where it is said. */
export function requestForm<T>(
  fields: z.ZodType<T>,
  flash: FlashCode,
  ask: (requests: Kept['requests'], id: string, by: string, read: T) => Promise<unknown>,
): Handler<RequestVisit> {
  return async ({ kept, request, staff, form }) => {
    await ask(kept.requests, request._id, staff._id, readForm(fields, form));
    return back(request._id, flash);
  };
}
