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

/** Bytes that are still to come, in order. */
export interface OwedBytes {
  /** Takes out and answers what of them lies within a range. Ranges are asked for in order, each once. */
  within(range: ByteRange): ByteRange[];
  /** What is left, with more. */
  with(more: readonly ByteRange[]): OwedBytes;
  readonly count: number;
}

/** Each range is looked at once, however many pieces the file has. */
export function owedBytes(ranges: readonly ByteRange[] = []): OwedBytes {
  const all = joined(ranges);
  let next = 0;
  return {
    within({ from, to }) {
      const found: ByteRange[] = [];
      for (let first = all[next]; first && first.from >= from && first.from < to; first = all[next]) {
        found.push({ from: first.from, to: Math.min(first.to, to) });
        if (first.to <= to) next += 1;
        else all[next] = { from: to, to: first.to };
      }
      return found;
    },
    with: (more) => owedBytes([...all.slice(next), ...more]),
    get count() {
      return all.length - next;
    },
  };
}
