/** The question cannot be answered as it was put: what is wrong, where, and what to do. Ends the command with 2 and one line. */
export class WrongQuestion extends Error {
  override readonly name = 'WrongQuestion';
  readonly place: string;
  readonly remedy: string;

  constructor(what: string, place: string, remedy: string) {
    super(what);
    this.place = place;
    this.remedy = remedy;
  }
}
