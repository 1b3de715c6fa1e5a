/** An error as the one line that a wrong question gets: who, what, where, remedy. */
export function oneLine(asked: string, error: unknown): string {
  const { name, message, place, remedy } = error as Partial<Record<'name' | 'message' | 'place' | 'remedy', string>>;
  const what = line(message ?? String(error));
  if (place === undefined || remedy === undefined) {
    return `${asked}: ${name ?? 'Error'}: ${what}, in the command itself: this is a fault of ours, please report it`;
  }
  return `${asked}: ${ended(what)} Where: ${line(place)}. Remedy: ${ended(line(remedy))}`;
}

/** The first line: a policy with mistakes lists each on a line of its own. */
function line(text: string): string {
  const [first = ''] = text.trim().split('\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal.
  return first.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ').trim();
}

function ended(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}
