/** The name of the run that carries a request out; its units, its receipt and its letter go by it. A resumed erasure has a new one. */
export function runOf({ _id, round = 1 }: { readonly _id: string; readonly round?: number }): string {
  return round === 1 ? _id : `${_id}-${round}`;
}

/** The names of all its runs so far, the first one first. */
export function runsOf({ _id, round = 1 }: { readonly _id: string; readonly round?: number }): string[] {
  return Array.from({ length: round }, (_, index) => runOf({ _id, round: index + 1 }));
}
