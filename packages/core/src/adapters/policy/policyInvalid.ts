import { KeptError } from '../../kernel/keptError.ts';
import type { Mistake } from '../../kernel/policy/source.ts';

/** POLICY_INVALID: every mistake of a pack, each with its file and line. The first line alone tells what to mend first. */
export class PolicyInvalid extends KeptError {
  readonly mistakes: readonly Mistake[];

  constructor(pack: string, mistakes: readonly Mistake[]) {
    const lines = mistakes.map((one) => `${one.file}:${one.line}:${one.column} ${one.message} — ${one.remedy}`);
    const first = mistakes[0];
    super(
      'POLICY_INVALID',
      `${countOf(mistakes)}${first === undefined ? '' : `: ${first.message}`}\n${lines.join('\n')}`,
      {
        place: first === undefined ? pack : `${first.file}:${first.line}:${first.column}`,
        remedy: first?.remedy ?? 'correct the files',
      },
    );
    this.mistakes = mistakes;
  }
}

function countOf({ length }: readonly Mistake[]): string {
  return length === 1 ? 'The policy has a mistake' : `The policy has ${length} mistakes; the first`;
}
