import { isKeptError } from '@kept/core';

/** Ends a handler with a page, or for the API a problem document, that says what went wrong and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const neverStored = new Refusal(422, 'Nothing was stored: it holds what we never store, such as the number of a card.');

/** The error as a visitor may know it: why a write was refused is said, without the place where it stood. */
export function tellable(thrown: Error & { status?: number }): Error & { status?: number } {
  return isKeptError(thrown) && thrown.code === 'WRITE_REFUSED' ? neverStored : thrown;
}
