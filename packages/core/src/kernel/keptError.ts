/**
 * An error with a stable code, the place where it happened and what to do about it.
 * Message, place and remedy never hold personal data: they end up in logs.
 */
export class KeptError extends Error {
  override readonly name = 'KeptError';
  readonly code: string;
  readonly place: string;
  readonly remedy: string;

  constructor(code: string, message: string, options: { place: string; remedy: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = options.place;
    this.remedy = options.remedy;
  }
}

/** Recognises a KeptError across copies of the package and across realms. */
export function isKeptError(error: unknown): error is KeptError {
  return typeof error === 'object' && error !== null && (error as { name?: unknown }).name === 'KeptError';
}
