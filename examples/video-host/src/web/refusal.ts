/** Ends a handler with a page, or for the API a problem document, that says what went wrong and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
