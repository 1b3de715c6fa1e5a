import { readRecords, type StoredRecord } from '../../engine/guard/readRecords.ts';
import type { StatedPurpose } from '../../engine/guard/statedPurpose.ts';
import type { Facts } from '../../kernel/decision.ts';
import { demandSelection } from '../../kernel/guard/demandSelection.ts';
import { guardQuery, guardTargets } from '../../kernel/guard/guardQuery.ts';
import { keyForm } from '../../kernel/guard/keyForm.ts';
import { collectionIn } from '../../kernel/guard/writeRules.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { guardOf } from './boundGuards.ts';
import { statedIn } from './forPurpose.ts';
import { type Guarded, guardMethod } from './guardedMethods.ts';

type Options = Readonly<Record<string, unknown>> & { readonly projection?: Readonly<Record<string, unknown>> };
type Cursor = { toArray(): Promise<StoredRecord[]> };

/** Answer values or counts, and no records: nothing of what they answer could be decided person by person. */
const COUNTS = ['count', 'countDocuments', 'estimatedDocumentCount'];

export function guardReads(guarded: Guarded): void {
  const { collection, governed, raw } = guarded;
  const prepare = (filter: unknown): void => {
    guardOf(collection, governed().name);
    guardQuery(governed().name, filter);
  };

  guardMethod(collection, 'find', (filter, options) =>
    cursorOr(() => {
      prepare(filter);
      const stated = statedIn(options);
      return stated ? statedCursor(guarded, stated, filter, options as Options) : raw('find', [filter, options]);
    }),
  );
  guardMethod(collection, 'findOne', async (filter, options) => {
    prepare(filter);
    const stated = statedIn(options);
    if (!stated) return raw('findOne', [filter, options]);
    const [record] = await read(guarded, stated, filter, { ...(options as Options), limit: 1 });
    return record ?? null;
  });
  guardMethod(collection, 'distinct', async (key, filter, options) => {
    prepare(filter);
    if (statedIn(options)) throw readRefused(governed().name, 'distinct answers values without their records');
    return raw('distinct', [key, filter, options]);
  });
  guardMethod(collection, 'aggregate', (pipeline, options) =>
    cursorOr(() => {
      prepare(pipeline);
      const { collections } = guardOf(collection, governed().name).latest().policy.inventory;
      guardTargets(governed().name, (pipeline ?? []) as unknown[], new Set(collections.map(({ name }) => name)));
      if (statedIn(options)) throw readRefused(governed().name, 'a pipeline answers what is no record any more');
      return raw('aggregate', [pipeline, options]);
    }),
  );
  guardMethod(collection, 'watch', (pipeline, options) => {
    if (statedIn(options))
      throw readRefused(governed().name, 'changes are told of as they come, whoever they are about');
    guardQuery(governed().name, pipeline);
    return raw('watch', [pipeline, options]);
  });
  for (const name of COUNTS) {
    guardMethod(collection, name, async (...args) => {
      prepare(args[0]);
      return raw(name, args);
    });
  }
}

/** A cursor that can be waited for; whatever else cursors do would go around the purpose. */
function statedCursor(guarded: Guarded, stated: StatedPurpose, filter: unknown, options: Options): Cursor {
  const toArray = (): Promise<StoredRecord[]> => read(guarded, stated, filter, options);
  return refusingCursor(readRefused(guarded.governed().name, 'a cursor hands records on one by one'), { toArray });
}

/** Refuses when it is used and not when it is made: who makes cursors expects no error then. */
function refusingCursor(error: unknown, able: Partial<Cursor> = {}): Cursor {
  const known: Readonly<Record<string, unknown>> = {
    ...able,
    close: async () => {},
    // biome-ignore lint/suspicious/noThenProperty: whoever waits for an object asks it first whether it is a promise.
    then: undefined,
  };
  const refuse = async (): Promise<never> => {
    throw error;
  };
  return new Proxy(known, {
    get: (target, name) => (typeof name === 'symbol' || name in target ? Reflect.get(target, name) : refuse),
  }) as unknown as Cursor;
}

function cursorOr(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    return refusingCursor(error);
  }
}

async function read(
  guarded: Guarded,
  stated: StatedPurpose,
  filter: unknown,
  options: Options,
): Promise<StoredRecord[]> {
  const { collection, governed, raw } = guarded;
  const { keptPurpose: _, projection: wanted, ...rest } = options;
  const world = await guardOf(collection, governed().name).now();
  const projection = withKey(governed().name, wanted);
  const found = await (raw('find', [filter, { ...rest, ...(projection && { projection }) }]) as Cursor).toArray();

  const { visibility } = collectionIn(world.policy.inventory, governed().name) ?? {};
  const chosen = new Map<string, Facts['visibility']>();
  if (visibility !== undefined) {
    const these = { _id: { $in: found.map(({ _id }) => _id) } };
    const choices = raw('find', [these, { session: rest.session, projection: { [visibility]: 1 } }]) as Cursor;
    for (const record of await choices.toArray()) chosen.set(keyForm(record._id), choiceIn(record, visibility));
  }
  return (await readRecords(world, governed(), stated, found, chosen)) as StoredRecord[];
}

/** The key leads to the owner; without it nothing could be decided. */
function withKey(collection: string, projection: Options['projection']): Options['projection'] {
  const { _id: _, ...others } = projection ?? {};
  demandSelection(collection, others);
  return Object.keys(others).length === 0 ? undefined : others;
}

/** Whatever is no such word is taken for private. */
function choiceIn(record: StoredRecord, path: string): Facts['visibility'] {
  const value = path
    .split('.')
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], record);
  return value === 'public' || value === 'link' ? value : 'private';
}

export function readRefused(
  place: string,
  what: string,
  remedy: string = 'Use find or findOne; for groups of people, kept.figures.count.',
): KeptError {
  return new KeptError('READ_REFUSED', `Nothing was read for the stated purpose: ${what}`, { place, remedy });
}
