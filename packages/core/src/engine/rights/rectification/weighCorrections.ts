import { guardUpdate } from '../../../kernel/guard/guardUpdate.ts';
import { KeptError } from '../../../kernel/keptError.ts';
import { storedCollection, storedName } from '../../../kernel/policy/storedCollection.ts';
import { categoryAt, copiesOf } from '../../../kernel/rectification/copiesOf.ts';
import type { CorrectedValue, Correction } from '../../../kernel/request/asks.ts';
import type {
  PlannedCorrection,
  RectificationDecision,
  Statement,
  WantedCorrection,
} from '../../../kernel/request/rectificationDecision.ts';
import type { RightDecision } from '../../../kernel/request/rightDecision.ts';
import { demandText } from '../../demandText.ts';
import { beginLook } from '../../guard/guardRules.ts';
import { demandCorrection, invalid } from '../../requests/demandCorrection.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';
import { demandNewAddress } from './newAddress.ts';

const MOST = 50;
const MOST_VALUES = 100;
const LONGEST_STATEMENT = 4_000;

/**
 * What a correction comes to: what stands there, and every place that holds it too. Only fields of the inventory, values of the
 * same type, and what the host's own guards let in. Throws DECISION_INVALID, CORRECTION_INVALID, WRITE_REFUSED.
 */
export async function weighCorrections(
  world: World,
  request: StoredRequest,
  decision: RightDecision,
): Promise<RectificationDecision> {
  const { corrections, statements = [] } = decision as RectificationDecision;
  if (!isList(corrections) || !isList(statements) || corrections.length + statements.length === 0) {
    throw new KeptError('DECISION_INVALID', 'Nothing is corrected', {
      place: 'corrections',
      remedy: `Name 1 to ${MOST} fields with their values, or a statement beside a field.`,
    });
  }
  const { subject } = request as { subject: string };
  const planned: PlannedCorrection[] = [];
  for (const each of corrections) planned.push(await plan(world, subject, each as WantedCorrection));
  await demandNewAddress(world, subject, planned);
  return {
    right: 'rectification',
    corrections: planned,
    ...(statements.length > 0 && { statements: statements.map((each) => statementOf(world, each)) }),
  };
}

async function plan(world: World, subject: string, given: WantedCorrection): Promise<PlannedCorrection> {
  const { was, ...wanted } = demandCorrection(world.policy, given);
  const only = given.only === true;
  demandWritable(world, wanted);
  const place = `${wanted.collection}.${wanted.field}`;
  const { records, values } = await world.data.valuesOf(subject, wanted, MOST_VALUES);
  if (records === 0) throw invalid(place, 'the person has no such record', 'Look up the records of the person.');
  const before = was === undefined ? (values[0] ?? null) : was;
  if (was === undefined ? values.length > 1 : !values.includes(was))
    throw invalid(place, 'several values stand there, or none is that', 'Name the record, or the value that is wrong.');
  if (before === null && records > 1) throw invalid(place, 'several records lack it', 'Name the record.');
  demandSameKind(place, before, wanted.value);

  const places = [];
  for (const copy of only || before === null ? [] : copiesOf(world.policy, wanted)) {
    const count = await world.data.countHolding(subject, copy, before as CorrectedValue);
    if (count > 0) places.push({ ...copy, records: count });
  }
  const here = { collection: wanted.collection, field: wanted.field, records: 1 };
  const category = categoryAt(world.policy, wanted);
  return { ...wanted, ...(only && { only }), category, before, places: places.length > 0 ? places : [here] };
}

/** What the host may not store, nobody corrects anything to. */
function demandWritable(world: World, { collection, field, value }: Correction): void {
  const found = world.policy.inventory.collections.find(({ name }) => name === collection);
  const name = found ? storedName(found) : collection;
  if (storedCollection(world.policy.inventory, name))
    guardUpdate(beginLook(world, { name, names: [], own: [] }), { $set: { [field.replaceAll('[]', '')]: value } });
}

function demandSameKind(place: string, before: CorrectedValue | null, value: CorrectedValue): void {
  if (before === value) throw invalid(place, 'it stands there already', 'Name another value.');
  if (before !== null && (typeof before !== typeof value || isInstant(before) !== isInstant(value)))
    throw invalid(place, 'what stands there is of another type', 'Write it as it is stored; instants in ISO 8601.');
}

function isInstant(value: CorrectedValue): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(value)) && !Number.isNaN(Date.parse(String(value)));
}

function statementOf({ policy }: World, given: Statement | undefined): Statement {
  const { collection, field, record, text } = given ?? ({} as Partial<Statement>);
  const at = { collection: demandText(collection, 'collection', 200), field: demandText(field, 'field', 200) };
  if (categoryAt(policy, at) === '')
    throw invalid('statement', 'the inventory names no such field', 'Name collection and field as the inventory does.');
  return {
    ...at,
    ...(record !== undefined && { record: demandText(record, 'record', 512) }),
    text: demandText(text, 'statement', LONGEST_STATEMENT),
  };
}

function isList(given: unknown): given is readonly never[] {
  return Array.isArray(given) && given.length <= MOST;
}
