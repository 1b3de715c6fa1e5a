import { KeptError } from '../../kernel/keptError.ts';
import { insteadOf } from '../../kernel/policy/nearestWord.ts';
import { definedWords } from '../../kernel/policy/vocabulary.ts';
import { event, fresh } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { type SetItem, setId, type UseSet } from './use.ts';

const MOST_CATEGORIES = 50;
const MOST_RECORDS = 10_000;

/** Begins a set, or goes on with it. Throws USE_INVALID, INPUT_INVALID, USE_CONFLICT where it serves another purpose. */
export async function openSet(world: World, purpose: string, name: string, now: Date): Promise<string> {
  const set = demandText(name, 'set', 200);
  const { purposes } = definedWords(world.policy.vocabulary);
  if (!purposes.includes(purpose)) throw useInvalid('purpose', insteadOf(String(purpose).slice(0, 100), purposes));

  const sets = world.records.collection<UseSet>('uses');
  const id = setId(world, set);
  const opened = event(world, 'SetOpened', now, { set, purpose });
  await sets.insert({ ...fresh(world, id, [opened]), kind: 'set', set, purpose, at: now });
  const known = await sets.get(id);
  if (known?.purpose === purpose) return set;
  throw new KeptError('USE_CONFLICT', 'A set serves one purpose, and this one serves another', {
    place: id,
    remedy: 'Give the new set a name of its own.',
  });
}

/** Refuses what is no item of a set. Throws USE_INVALID, SUBJECT_INVALID, INPUT_INVALID. */
export function demandItem(world: World, item: SetItem): void {
  const { subject, record, categories } = item ?? {};
  demandSubject(subject);
  demandText(record, 'record', 512);
  const known = definedWords(world.policy.vocabulary).categories;
  if (!Array.isArray(categories) || categories.length === 0 || categories.length > MOST_CATEGORIES) {
    throw useInvalid('categories', `Name 1 to ${MOST_CATEGORIES} categories that the record brings with it.`);
  }
  for (const category of categories) {
    if (known.includes(category)) continue;
    throw useInvalid('categories', insteadOf(String(category).slice(0, 100), known));
  }
}

/** Throws USE_INVALID, INPUT_INVALID. */
export function demandRecords(records: unknown): string[] {
  if (!Array.isArray(records) || records.length === 0 || records.length > MOST_RECORDS) {
    throw useInvalid('records', `Name 1 to ${MOST_RECORDS} records at once.`);
  }
  return records.map((record) => demandText(record, 'record', 512));
}

function useInvalid(place: string, remedy: string): KeptError {
  return new KeptError('USE_INVALID', 'This says nothing of what data is used for', { place, remedy });
}
