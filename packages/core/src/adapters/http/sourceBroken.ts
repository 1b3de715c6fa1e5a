import { KeptError } from '../../kernel/keptError.ts';

/** A source that does not answer, or not as the protocol says. What it sent stays out of the message. */
export function sourceBroken(member: string, message: string, cause?: unknown): KeptError {
  return new KeptError('SOURCE_BROKEN', `A source of personal data ${message}`, {
    place: `httpData, ${member}`,
    remedy:
      'See that it runs and speaks the protocol of docs/guides/data-elsewhere; what waits for it goes on by itself.',
    ...(cause !== undefined && { cause }),
  });
}
