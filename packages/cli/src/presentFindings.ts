import type { LintFinding } from '@kept/core';
import type { Io } from './io.ts';
import { columns, paint, plural, type Tone } from './output.ts';

const TONES: Readonly<Record<LintFinding['severity'], Tone>> = { error: 'bad', warning: 'doubtful', info: 'strong' };

/** Each with what is wrong and what to do about it, and at the end how many there are. */
export function presentFindings(findings: readonly LintFinding[], io: Io): string {
  const lines = findings.map(({ code, severity, clause, where, message, remedy }) =>
    [
      `${paint(io, TONES[severity], severity)} ${columns([[code, where, clause ?? '']])}`,
      columns([['', message]]),
      columns([['', remedy]]),
    ].join(''),
  );
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return `${lines.join('')}${plural(findings.length, 'finding')}, ${plural(errors, 'error')}\n`;
}
