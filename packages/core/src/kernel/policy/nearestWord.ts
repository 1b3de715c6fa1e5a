/**
 * The known word that a mistyped one most likely meant; undefined where none is near. Steps that both begin or end with do
 * not count, so that a long name in common does not bring unrelated ones together. A last step alone is near its words.
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = distanceOf(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

const MOST_NAMED = 12;

/** What to write instead of an unknown word, as a sentence. */
export function insteadOf(word: string, known: readonly string[]): string {
  const nearest = nearestWord(word, known);
  if (nearest !== undefined) return `did you mean "${nearest}"?`;
  return known.length === 0 ? 'remove it' : `use one of: ${possible(word, known).join(', ')}`;
}

/** The words that begin with as many of its steps as any does; where they are many, the next step of each, as `log.…`. */
function possible(word: string, known: readonly string[]): string[] {
  const most = Math.max(...known.map((candidate) => sharedSteps(word, candidate)));
  const alike = known.filter((candidate) => sharedSteps(word, candidate) === most);
  if (alike.length <= MOST_NAMED) return alike.sort();

  const shortened = alike.map((candidate) => {
    const steps = candidate.split('.');
    return steps.length > most + 1 ? `${steps.slice(0, most + 1).join('.')}.…` : candidate;
  });
  return [...new Set(shortened)].sort();
}

/** How far apart two words are; infinite where they have too little in common to be meant for one another. */
function distanceOf(word: string, candidate: string): number {
  const [steps, others] = [word.split('.'), candidate.split('.')];
  const isTail = steps.length === 1 || steps.length === others.length;
  if (isTail && others.length > 1 && steps.at(-1) === others.at(-1)) return Math.min(editDistance(word, candidate), 2);

  const front = sharedSteps(word, candidate);
  const [rest, otherRest] = [steps.slice(front), others.slice(front)];
  while (rest.length > 1 && otherRest.length > 1 && rest.at(-1) === otherRest.at(-1)) {
    rest.pop();
    otherRest.pop();
  }
  const [a, b] = [rest.join('.'), otherRest.join('.')];
  const edits = editDistance(a, b);
  const touches = a !== '' && b !== '' && (a[0] === b[0] || a.at(-1) === b.at(-1));
  const most = Math.max(1, Math.round(Math.max(a.length, b.length) / 3));
  return edits === 0 || (touches && edits <= most) ? edits : Number.POSITIVE_INFINITY;
}

function sharedSteps(a: string, b: string): number {
  const [first, second] = [a.split('.'), b.split('.')];
  const differs = first.findIndex((step, place) => step !== second[place]);
  return differs === -1 ? first.length : differs;
}

/** Letters to put in, leave out, change, or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
