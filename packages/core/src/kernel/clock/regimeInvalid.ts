import type { Mistake } from '../policy/source.ts';
import { DeadlineError } from './deadlineError.ts';

/** REGIME_INVALID: every mistake of a regime file, each with its file, line and column. */
export class RegimeInvalid extends DeadlineError {
  readonly mistakes: readonly Mistake[];

  constructor(regime: string, mistakes: readonly Mistake[]) {
    const lines = mistakes.map((one) => `${one.file}:${one.line}:${one.column} ${one.message} — ${one.remedy}`);
    const first = mistakes[0];
    super(
      'REGIME_INVALID',
      `The regime has ${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'}\n${lines.join('\n')}`,
      {
        place: first === undefined ? regime : `${first.file}:${first.line}:${first.column}`,
        remedy: first?.remedy ?? 'correct the file',
      },
    );
    this.mistakes = mistakes;
  }
}
