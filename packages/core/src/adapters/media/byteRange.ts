/** Bytes of a file, from the first one to before the last one. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** The same bytes in order, each once. */
export function joined(ranges: readonly ByteRange[]): ByteRange[] {
  const sorted = ranges.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
  const result: ByteRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last && range.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else result.push(range);
  }
  return result;
}

/** What of ranges (joined) lies within one, and what is left of them without it. */
export function split(
  ranges: readonly ByteRange[],
  { from, to }: ByteRange,
): { within: ByteRange[]; without: ByteRange[] } {
  const within: ByteRange[] = [];
  const without: ByteRange[] = [];
  for (const range of ranges) {
    within.push({ from: Math.max(range.from, from), to: Math.min(range.to, to) });
    without.push({ from: range.from, to: Math.min(range.to, from) }, { from: Math.max(range.from, to), to: range.to });
  }
  return { within: within.filter(isSome), without: without.filter(isSome) };
}

function isSome({ from, to }: ByteRange): boolean {
  return to > from;
}
