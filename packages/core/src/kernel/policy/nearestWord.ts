/** The known word that a mistyped one most likely meant, such as one that ends alike; undefined where none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const last = wanted.slice(wanted.lastIndexOf('.') + 1);
  let best: string | undefined;
  let least = Math.max(2, Math.ceil(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const tail = candidate.slice(candidate.lastIndexOf('.') + 1);
    const edits = editDistance(wanted, candidate.toLowerCase());
    const distance = tail === last ? Math.min(edits, 2) : edits;
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** What to write instead of an unknown word, as a sentence. */
export function insteadOf(word: string, known: readonly string[]): string {
  const nearest = nearestWord(word, known);
  if (nearest !== undefined) return `did you mean "${nearest}"?`;
  return known.length === 0 ? 'remove it' : `use one of: ${[...known].sort().join(', ')}`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
