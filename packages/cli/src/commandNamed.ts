import { type Entry, table } from './commandTable.ts';
import { WrongQuestion } from './wrongQuestion.ts';

/** The commands that share a first word; empty for a word that is a command itself. */
export function groupNamed(word: string): readonly Entry[] {
  return table.filter(({ name }) => name.startsWith(`${word} `));
}

/** The command that the words begin with, and the words after it. Throws WrongQuestion with the nearest name. */
export async function commandNamed(words: readonly string[]): Promise<{ entry: Entry; rest: readonly string[] }> {
  const [first = '', second = ''] = words;
  const group = groupNamed(first);
  const count = group.length > 0 ? 2 : 1;
  const name = words.slice(0, count).join(' ');
  const entry = table.find((each) => each.name === name);
  if (entry) return { entry, rest: words.slice(count) };

  const { insteadOf } = await import('@kept/core');
  const asked = group.length > 0 ? second : first;
  const known = group.length > 0 ? group.map((each) => each.name.slice(first.length + 1)) : firstWords();
  const what =
    group.length > 0 && (asked === '' || asked.startsWith('-')) ? `"${first}" is half of a command` : undefined;
  throw new WrongQuestion(
    what ?? `There is no command "${name}"`,
    'command',
    what ? `use one of: ${known.join(', ')}` : insteadOf(asked, known),
  );
}

function firstWords(): string[] {
  return [...new Set(table.map(({ name }) => name.split(' ')[0] ?? ''))];
}
