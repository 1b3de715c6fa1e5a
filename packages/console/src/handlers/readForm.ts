import { z } from 'zod';
import { KeptError } from '../kept.ts';

/** A text that somebody typed: not empty, not a book. */
export const typed: z.ZodString = z.string().trim().min(1, 'is empty').max(20_000, 'is longer than 20,000 characters');

/** Checks a sent form. Throws FORM_INVALID naming the fields, never what was typed in them. */
export function readForm<T>(schema: z.ZodType<T>, form: Readonly<Record<string, string>>): T {
  const read = schema.safeParse(form);
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path, message }) => `“${path.join('.')}” ${message}`);
  throw new KeptError('FORM_INVALID', `The form is not complete: ${fields.join(', ')}`, {
    place: 'form',
    remedy: 'Go back, fill it in and send it again.',
  });
}
