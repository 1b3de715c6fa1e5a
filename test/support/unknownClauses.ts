import { insteadOf } from '../../packages/core/src/kernel/policy/nearestWord.ts';

interface Traced {
  readonly name: string;
  readonly clauses: readonly string[];
}

/** What is wrong with titles that carry a clause which no register knows: one line each, with the nearest that is known. */
export function unknownClauses(tests: readonly Traced[], known: readonly string[]): string[] {
  return tests.flatMap(({ name, clauses }) =>
    clauses
      .filter((clause) => !known.includes(clause))
      .map((clause) => `"${name}" carries ${clause}, which no register knows: ${insteadOf(clause, known)}`),
  );
}
