import { tableOf } from '../../kernel/decide/policyTable.ts';
import type { Question } from '../../kernel/decision.ts';
import { KeptError } from '../../kernel/keptError.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import { insteadOf } from '../../kernel/policy/nearestWord.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import type { FigureQuestion } from '../keptFigures.ts';
import type { CountedRecords } from '../ports/personalDataSource.ts';
import { policiesThatBind } from '../subjects/policiesThatBind.ts';
import type { World } from '../world.ts';

/** A figure that may be asked for: what is read, and what is asked about each person before they count. */
export interface Figure {
  readonly question: Question;
  readonly records: Omit<CountedRecords, 'most'>;
  readonly minimumGroup: number;
}

/** Throws FIGURES_INVALID, FIGURES_REFUSED. */
export function demandFigure(world: World, { collection, by, purpose, from, to }: FigureQuestion): Figure {
  const { inventory } = world.policy;
  const there = named(inventory.collections, collection, 'collection', ({ name }) => name);
  const { path, category } = named(there.fields, by, 'field', (field) => field.path);
  const purposes = world.policy.vocabulary.purposes;
  const { name } = named(purposes, purpose, 'purpose', (one) => one.name);

  const minimumGroup = minimumFor(policiesThatBind(world), name, category);
  return {
    question: { purpose: name, category, group: minimumGroup },
    records: { field: path, ...span(world.policy, there, from, to) },
    minimumGroup,
  };
}

function named<T>(all: readonly T[], word: unknown, what: string, nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === word);
  if (found) return found;
  const text = typeof word === 'string' ? word.slice(0, 100) : '';
  throw invalid(what, `There is no ${what} of this name`, insteadOf(text, all.map(nameOf)));
}

/** The strictest of the versions that bind. A purpose without a minimum may look at one person: its reads are no figures. */
function minimumFor(policies: readonly Policy[], purpose: string, category: string): number {
  const minima = policies.flatMap((policy) => {
    const rule = tableOf(policy).purposeFor(purpose);
    if (rule?.aggregate === undefined) return [];
    return tableOf(policy).reaches(rule, category) ? [rule.aggregate.minimumGroup] : [];
  });
  if (minima.length > 0) return Math.max(...minima);
  throw new KeptError('FIGURES_REFUSED', `No purpose "${purpose}" looks at groups of ${category}`, {
    place: 'purpose',
    remedy: 'Name a purpose whose rule reaches the field and sets aggregate: {minimumGroup}.',
  });
}

function span(
  policy: Policy,
  { name, anchors, retention }: Collection,
  from: unknown,
  to: unknown,
): Pick<CountedRecords, 'anchor' | 'from' | 'to'> {
  if (from === undefined && to === undefined) return {};
  const names = Object.keys(anchors);
  const since = policy.retention.find((rule) => rule.id === retention)?.since;
  const anchor = names.length === 1 ? names[0] : names.find((one) => one === since);
  if (anchor === undefined)
    throw invalid('from', `Nothing says by which date the records of "${name}" count`, 'Count all of them.');
  return { anchor, ...instant('from', from), ...instant('to', to) };
}

function instant(name: 'from' | 'to', value: unknown): { from?: Date; to?: Date } {
  if (value === undefined) return {};
  if (value instanceof Date && !Number.isNaN(value.getTime())) return { [name]: value };
  throw invalid(name, `"${name}" is no instant`, 'Hand over a Date.');
}

function invalid(place: string, message: string, remedy: string): KeptError {
  return new KeptError('FIGURES_INVALID', message, { place, remedy });
}
