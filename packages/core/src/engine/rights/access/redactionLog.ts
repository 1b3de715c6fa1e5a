import type { MaskedKind } from '../../../kernel/access/maskOthers.ts';

/** What was masked in one place, and how often; never what. Plain JSON. */
export interface RedactionLine {
  /** File of the package. */
  readonly file: string;
  readonly field: string;
  readonly what: MaskedKind;
  readonly why: keyof typeof reasons;
  readonly count: number;
}

export const reasons = {
  others: 'It tells who another person is (Art 15(4) GDPR).',
  staff: 'It is the name of somebody who works for us (Art 15(4) GDPR).',
  reporter: 'It would tell who reported something (Art 15(4) GDPR).',
} as const;

/** Counts maskings, place by place: as many lines as there are fields, however many records. */
export interface RedactionLog {
  note(line: Omit<RedactionLine, 'count'>, count: number): void;
  /** What was noted until now, in the order of files and fields. */
  lines(): RedactionLine[];
}

export function redactionLog(before: readonly RedactionLine[] = []): RedactionLog {
  const keyOf = ({ file, field, what, why }: Omit<RedactionLine, 'count'>): string =>
    [file, field, what, why].join('\n');
  const counts = new Map(before.map((line) => [keyOf(line), line]));
  return {
    note(line, count) {
      if (count === 0) return;
      const key = keyOf(line);
      counts.set(key, { ...line, count: count + (counts.get(key)?.count ?? 0) });
    },
    lines: () => [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, line]) => line),
  };
}
