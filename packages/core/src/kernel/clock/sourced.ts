/** Where a value comes from, and whether its text was read. What was not read ships as `unverified`. */
export interface Sourced {
  readonly article: string;
  readonly source: string;
  readonly from: 'statute' | 'guidance' | 'operator';
  readonly unverified?: true;
}

/** An id with the article that it rests on, saying where that article was not read. */
export function cite(id: string, sourced: Sourced): string {
  return `${id} ${sourced.article}${mark(sourced)}`;
}

export function mark(sourced: Pick<Sourced, 'unverified'>): string {
  return sourced.unverified ? ' (unverified)' : '';
}
