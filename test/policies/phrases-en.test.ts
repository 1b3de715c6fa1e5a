import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { classify, type Recognition } from '../../packages/core/src/kernel/classify/classify.ts';
import { compilePhrases } from '../../packages/core/src/kernel/classify/phrases.ts';

interface Row {
  mail: string;
  subject?: string;
  from?: string;
  to?: string;
  headers?: Record<string, string[]>;
  rights?: string[];
  is?: string[];
  also?: string[];
  named?: string[];
  language?: string;
  why?: string;
}
interface Table {
  rights: Row[];
  none: Row[];
}

const open = (path: string): ReturnType<typeof parse> => parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const phrases = compilePhrases(open('../../policies/phrases/en.yaml'));
const tables = ['phrases-en', 'phrases-en-round-2', 'phrases-en-held-out'].map((name): [string, Table] => [
  name,
  open(`./${name}.cases.yaml`),
]);

function read({ mail, subject = '', from, to, headers }: Row): Recognition {
  return classify(
    { subjectLine: subject, text: mail, ...(from && { from }), headers: { ...headers, ...(to && { to: [to] }) } },
    phrases,
  );
}

function titled(rows: Row[]): [string, Row][] {
  return rows.map((row) => {
    const said = `${row.subject ?? ''} ${row.mail}`.replace(/\s+/g, ' ').trim().slice(0, 90) || 'an empty mail';
    const asks = row.rights?.join(' and ') ?? 'no right';
    return [`"${said}" asks for ${asks}${row.why ? ` (${row.why})` : ''}`, row];
  });
}

/** What the row must and may show, and what the mail was read as; equal where it was read well. */
function compared(row: Row): { expected: unknown; seen: unknown } {
  const { rights, named, language, ...flags } = read(row);
  const shown = [
    ...rights.map(({ right }) => right),
    ...(['child', 'agent', 'pictured', 'automatic', 'partial'] as const).filter((flag) => flags[flag]),
  ];
  const must = [...(row.rights ?? []), ...(row.is ?? [])];
  const judged = shown.filter((what) => must.includes(what) || !row.also?.includes(what));
  return {
    expected: { shown: must.toSorted(), named: row.named ?? [], language: row.language ?? language },
    seen: { shown: judged.toSorted(), named, language },
  };
}

describe.each(
  tables.flatMap(([name, { rights, none }]): [string, Row[]][] => [
    [`people ask in their own words (${name})`, rights],
    [`what is no request is left in peace (${name})`, none],
  ]),
)('%s', (_, rows) => {
  test.each(titled(rows))('%s', (_, row) => {
    const { expected, seen } = compared(row);
    expect(seen).toEqual(expected);
  });
});

describe.each(tables)('the table %s', (_, { rights, none }) => {
  test('reads as English in every mail of more than five words unless it says otherwise', () => {
    const long = [...rights, ...none].filter(({ mail }) => mail.split(/\s+/).length > 5);
    const other = long.filter((row) => read(row).language !== (row.language ?? 'en'));
    expect(other.map(({ mail }) => mail)).toEqual([]);
  });

  test('holds at least 120 mails, at least 50 of them no request', () => {
    expect(rights.length + none.length).toBeGreaterThanOrEqual(120);
    expect(none.length).toBeGreaterThanOrEqual(50);
  });
});
