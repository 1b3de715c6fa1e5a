import type { Command } from './command.ts';
import { type Entry, table } from './commandTable.ts';
import { columns } from './output.ts';
import { allOptions } from './parseArguments.ts';

const EXITS = `Exits: 0 answered; 1 the answer is bad news; 2 the question was wrong (one line on standard error).`;

export function generalHelp(): string {
  const rows = table.map(({ name, summary }) => [`  ${name}`, summary]);
  return `Keeps the promises of a privacy policy.

Usage: kept COMMAND [--json]

${columns(rows)}
kept COMMAND --help tells more.
${EXITS}
`;
}

export function groupHelp(group: readonly Entry[]): string {
  return columns(group.map(({ name, summary }) => [`kept ${name}`, summary]));
}

export function helpOf(command: Command, summary: string): string {
  const rows = Object.entries(allOptions(command)).map(([name, { value, help, multiple }]) => [
    `  --${name}${value ? ` ${value}` : ''}${multiple ? ' …' : ''}`,
    help,
  ]);
  const about = (command.about ?? []).map((line) => `${line}\n`).join('');
  return `${summary}

Usage: kept ${command.name} ${command.usage}

${columns(rows)}
${about}${EXITS}
`;
}
