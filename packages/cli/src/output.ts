import { styleText } from 'node:util';
import type { Args } from './command.ts';
import type { Io } from './io.ts';

/** Prints an answer: the document with `--json`, the text for people without. */
export function answer(io: Io, args: Args, document: unknown, forPeople: () => string): void {
  io.out(args.json ? `${JSON.stringify(document, undefined, 2)}\n` : forPeople());
}

/** Rows with their cells one under the other, two spaces between, a newline at the end of each. */
export function columns(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(harmless));
  const widths = (cells[0] ?? []).map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  return cells
    .map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** Without control characters: what comes out of mails and databases may not steer the terminal of whoever reads it. */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

export type Tone = 'good' | 'bad' | 'doubtful' | 'strong';
const STYLES = { good: 'green', bad: 'red', doubtful: 'yellow', strong: 'bold' } as const;

/** Coloured on a terminal only. */
export function paint(io: Io, tone: Tone, text: string): string {
  return io.colour ? styleText(STYLES[tone], text, { validateStream: false }) : text;
}

export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
