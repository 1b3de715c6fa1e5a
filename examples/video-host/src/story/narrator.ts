/** Tells the story line by line, with the time that the clock of the story shows. */
export interface Narrator {
  /** Where the story is, such as `step 3, Two people decide`. */
  place(): string;
  chapter(title: string): void;
  /** A line of the story; ids and counts stand behind it. */
  tell(text: string, facts?: Readonly<Record<string, string | number>>): void;
  /** Lines that stand as they are, such as a table or a letter. */
  show(lines: readonly string[]): void;
}

export interface NarratorOptions {
  readonly write: (text: string) => void;
  readonly now: () => Date;
  readonly zone: string;
  readonly color: boolean;
}

export function narrator({ write, now, zone, color }: NarratorOptions): Narrator {
  const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone });
  const paint = (code: number, text: string): string => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  let chapters = 0;
  let current = 'the start';
  return {
    place: () => current,
    chapter(title) {
      chapters += 1;
      current = `step ${chapters}, ${title}`;
      write(`\n${paint(1, `${chapters}. ${title}`)}\n`);
    },
    tell(text, facts = {}) {
      const behind = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
      const small = behind.length > 0 ? `  ${paint(2, behind.join(' · '))}` : '';
      write(`  ${paint(2, clock.format(now()))}  ${text}${small}\n`);
    },
    show(lines) {
      write(`${lines.map((line) => `      ${line}`).join('\n')}\n`);
    },
  };
}

/** Sets columns flush, numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        typeof cell === 'number' ? String(cell).padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
