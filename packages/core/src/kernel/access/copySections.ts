import { categoryLabel } from '../policy/categoryLabel.ts';
import { fieldTitle } from '../policy/fieldTitle.ts';
import type { Field } from '../policy/inventory.ts';
import type { HeldCollection, ReportCell, ReportSection, ReportTable } from './accessReport.ts';
import { amountOf, plain, type ReportTeller } from './reportTeller.ts';
import { valuesAt } from './valuesAt.ts';

/** Longer values are cut in the page; the files have them whole. */
const LONGEST = 240;

/** The data themselves: some records of each collection in a table, with the way to all of them. */
export function copySections(teller: ReportTeller): ReportSection[] {
  const { facts, tell } = teller;
  return [
    ...facts.held
      .filter(({ records, file }) => records > 0 && file !== undefined)
      .map((held) => sectionOf(held, teller)),
    {
      id: 'package',
      heading: tell('heading.package'),
      statements: [
        plain(tell('package.files')),
        plain(tell('package.redactions'), 'redactions.json'),
        plain(tell('package.missing'), 'manifest.json'),
      ],
    },
  ];
}

function sectionOf(held: HeldCollection, teller: ReportTeller): ReportSection {
  const { policy, tell } = teller;
  const { collection, records, files, file = '', some, shown } = held;
  const fields = collection.fields.filter(({ path }) => shown.includes(path));
  const label = categoryLabel(policy, [...new Set(fields.map(({ category }) => category))]);
  const isOne = collection.subject.by === 'self' && some.length === 1;
  return {
    id: `copy-${collection.name}`,
    heading: tell('copy.heading', { label, collection: collection.name }),
    statements: [
      plain(tell('copy.all', { held: amountOf(records, files, teller), file }), file),
      ...(some.length < records ? [plain(tell('copy.some', { n: String(some.length) }))] : []),
    ],
    table: isOne ? oneRecord(held, fields, teller) : manyRecords(held, fields),
  };
}

/** The person's own record: a line a field, each with where it came from. */
function oneRecord({ some }: HeldCollection, fields: readonly Field[], teller: ReportTeller): ReportTable {
  const { policy, tell, labels, words, say } = teller;
  const data = some[0]?.data ?? {};
  const rows = fields.flatMap((field) => {
    const cell = cellOf(data, field);
    if (cell.text === '') return [];
    const category = policy.categories.find(({ name }) => name === field.category);
    const stated = field.source === undefined ? '' : textOf(valuesAt(data, field.source));
    const source = category?.source ?? '';
    const from = stated || (words.has('sources', source) ? say(['sources', source]) : source);
    const what = category ? labels.rule(`categories.${category.name}`, category.label) : field.category;
    return [
      {
        rule: `categories.${field.category}`,
        clauses: [],
        cells: [{ text: fieldTitle(field.path) }, cell, { text: what }, { text: from }],
      },
    ];
  });
  return { head: ['field', 'value', 'what', 'source'].map((name) => tell(['copy', 'head', name])), rows };
}

function manyRecords({ some }: HeldCollection, fields: readonly Field[]): ReportTable {
  return {
    head: fields.map(({ path }) => fieldTitle(path)),
    rows: some.map(({ data }) => ({ clauses: [], cells: fields.map((field) => cellOf(data, field)) })),
  };
}

function cellOf(data: object, field: Field): ReportCell {
  const values = valuesAt(data, field.path);
  const text = textOf(values);
  const [first] = values;
  if (field.file === undefined || typeof first !== 'string') return { text };
  return { text: first.slice(first.lastIndexOf('/') + 1), href: first };
}

function textOf(values: readonly unknown[]): string {
  const text = values
    .map((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : spelt(value)))
    .filter((each) => each !== '')
    .join(', ');
  // By code point, so that no half of a letter is left.
  return text.length <= LONGEST ? text : `${[...text.slice(0, LONGEST * 2)].slice(0, LONGEST).join('')}…`;
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/;

/** An instant without its seconds; what else there is as it is. */
function spelt(value: unknown): string {
  return String(value ?? '').replace(INSTANT, '$1 $2 UTC');
}
