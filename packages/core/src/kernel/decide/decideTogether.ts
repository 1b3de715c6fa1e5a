import type { Decision, Reason } from '../decision.ts';

const strictest: readonly Decision['outcome'][] = ['forbidden', 'undetermined', 'permitted'];

/** One decision for several questions that stand or fall together: the strictest, with all that speaks for it. Of none, forbidden. */
export function decideTogether(decisions: readonly Decision[]): Decision {
  const outcome = strictest.find((one) => decisions.some((decision) => decision.outcome === one)) ?? 'forbidden';
  const speaking = decisions.filter((decision) => decision.outcome === outcome);
  const byText = new Map(speaking.flatMap(({ because }) => because.map((reason) => [keyOf(reason), reason])));
  return {
    outcome,
    because: [...byText].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, reason]) => reason),
    missing: sorted(speaking.flatMap(({ missing }) => missing)),
    terms: sorted(speaking.flatMap(({ terms }) => terms)),
  };
}

function keyOf({ rule, clause, text }: Reason): string {
  return `${rule}\n${clause}\n${text}`;
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
