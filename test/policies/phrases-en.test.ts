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
  rights?: string[];
  is?: string[];
  named?: string[];
  language?: string;
  why?: string;
}

const phrases = compilePhrases(parse(readFileSync(new URL('../../policies/phrases/en.yaml', import.meta.url), 'utf8')));
const cases: { rights: Row[]; none: Row[] } = parse(
  readFileSync(new URL('./phrases-en.cases.yaml', import.meta.url), 'utf8'),
);

function read({ mail, subject = '', from, to }: Row): Recognition {
  return classify(
    { subjectLine: subject, text: mail, ...(from && { from }), headers: to ? { to: [to] } : {} },
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

describe.each([
  ['people ask in their own words', cases.rights],
  ['what is no request is left in peace', cases.none],
])('%s', (_, rows) => {
  test.each(titled(rows))('%s', (_, row) => {
    const { rights, named, child, agent, pictured } = read(row);
    const order = (list: string[]) => list.toSorted();
    expect(order(rights.map(({ right }) => right))).toEqual(order(row.rights ?? []));
    expect({ child, agent, pictured }).toEqual({
      child: row.is?.includes('child') ?? false,
      agent: row.is?.includes('agent') ?? false,
      pictured: row.is?.includes('pictured') ?? false,
    });
    expect(named).toEqual(row.named ?? []);
    if (row.language) expect(read(row).language).toBe(row.language);
  });
});

test('every mail of more than five words reads as English unless it says otherwise', () => {
  const long = [...cases.rights, ...cases.none].filter(({ mail }) => mail.split(/\s+/).length > 5);
  const other = long.filter((row) => read(row).language !== (row.language ?? 'en'));
  expect(other.map(({ mail }) => mail)).toEqual([]);
});

test('the table holds at least 120 mails, at least 50 of them no request', () => {
  expect(cases.rights.length + cases.none.length).toBeGreaterThanOrEqual(120);
  expect(cases.none.length).toBeGreaterThanOrEqual(50);
});
