import {
  type CorrectedValue,
  type PlannedCorrection,
  type Policy,
  type RightDecision,
  type StoredRequest,
  whyUncorrectable,
} from '../kept.ts';
import { type Choice, choices } from './choice.ts';
import { counted } from './dates.ts';
import type { Typed } from './weigh.ts';

/** What is to stand where in the person's records, and, once it was looked up, what that comes to. */
export interface CorrectionForm {
  readonly rows: readonly CorrectionRow[];
  /** Fields beside which a statement may stand. */
  readonly places: readonly Choice[];
  readonly statement: string;
  readonly plan: CorrectionPlan | undefined;
}

interface CorrectionRow {
  readonly n: number;
  readonly title: string;
  readonly fields: readonly Choice[];
  readonly record: string;
  readonly was: string;
  readonly value: string;
  readonly kinds: readonly Choice[];
  readonly only: boolean;
  /** Something stands in the fields that are seldom needed. */
  readonly more: boolean;
}

export interface CorrectionPlan {
  readonly lines: readonly PlannedLine[];
  readonly statements: number;
  /** The form that was looked at, sent again as it is. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

export interface PlannedLine {
  readonly field: string;
  readonly before: string;
  readonly value: string;
  readonly places: readonly string[];
}

const KINDS = { text: 'Text', number: 'Number', 'yes-no': 'Yes or no' };
const MOST_ROWS = 10;

export function presentCorrections(
  { asks }: StoredRequest,
  { typed, weighed }: { typed?: Typed; weighed?: RightDecision | undefined },
  policy: Policy,
): CorrectionForm {
  const start = typed ?? asForm(asks?.corrections ?? []);
  const filled = Object.keys(start).filter((name) => /^field-\d+$/.test(name) && start[name]).length;
  const correctable = fieldsOf(policy, (at) => whyUncorrectable(policy, at) === undefined);
  return {
    rows: Array.from({ length: Math.min(filled + 1, MOST_ROWS) }, (_, n) => ({
      n,
      title: `Correction ${n + 1}`,
      fields: choices(correctable, start[`field-${n}`]),
      record: start[`record-${n}`] ?? '',
      was: start[`was-${n}`] ?? '',
      value: start[`value-${n}`] ?? '',
      kinds: choices(KINDS, start[`kind-${n}`] ?? 'text'),
      only: start[`only-${n}`] === 'yes',
      more:
        ['record', 'was', 'only'].some((name) => start[`${name}-${n}`]) || (start[`kind-${n}`] ?? 'text') !== 'text',
    })),
    places: choices(
      fieldsOf(policy, () => true),
      start['statement-field'],
    ),
    statement: start.statement ?? '',
    plan: weighed?.right === 'rectification' ? presentPlan(weighed, start) : undefined,
  };
}

function presentPlan(
  { corrections, statements = [] }: Extract<RightDecision, { right: 'rectification' }>,
  form: Readonly<Record<string, string>>,
): CorrectionPlan {
  return {
    lines: corrections.filter((each): each is PlannedCorrection => 'places' in each).map(presentPlanned),
    statements: statements.length,
    fields: Object.entries(form)
      .filter(([name]) => name !== '_csrf')
      .map(([name, value]) => ({ name, value })),
  };
}

/** A correction as it was weighed; without its values once it was carried out. */
export function presentPlanned({ collection, field, before, value, places }: PlannedCorrection): PlannedLine {
  return {
    field: `${collection}.${field}`,
    before: before === undefined || before === null ? '' : said(before),
    value: value === undefined ? '' : said(value),
    places: places.map((at) => `${at.collection}.${at.field}, ${counted(at.records, 'record')}`),
  };
}

function said(value: CorrectedValue): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/** Fields of the inventory, as the form names them and as people read them. */
function fieldsOf(
  { inventory }: Policy,
  fits: (at: { collection: string; field: string }) => boolean,
): Record<string, string> {
  const all = inventory.collections.flatMap(({ name, fields }) =>
    fields.map(({ path, category }) => ({ collection: name, field: path, category })),
  );
  return Object.fromEntries(
    all.filter(fits).map((at) => [`${at.collection} ${at.field}`, `${at.collection}.${at.field} (${at.category})`]),
  );
}

function asForm(corrections: readonly Asked[]): Record<string, string> {
  return Object.fromEntries(
    corrections.slice(0, MOST_ROWS).flatMap((each, n) => [
      [`field-${n}`, `${each.collection} ${each.field}`],
      [`record-${n}`, each.record ?? ''],
      [`was-${n}`, each.was === undefined ? '' : said(each.was)],
      [`value-${n}`, said(each.value)],
      [`kind-${n}`, typeof each.value === 'number' ? 'number' : typeof each.value === 'boolean' ? 'yes-no' : 'text'],
    ]),
  );
}

type Asked = NonNullable<NonNullable<StoredRequest['asks']>['corrections']>[number];
