import { beginLook, reportUnlisted } from '../../engine/guard/guardRules.ts';
import { guardQuery } from '../../kernel/guard/guardQuery.ts';
import { guardUpdate } from '../../kernel/guard/guardUpdate.ts';
import { guardUpsert } from '../../kernel/guard/guardUpsert.ts';
import { type Look, nextDocument } from '../../kernel/guard/look.ts';
import { lookAtRecord } from '../../kernel/guard/lookThrough.ts';
import { writeRefused } from '../../kernel/guard/writeRefused.ts';
import { guardOf } from './boundGuards.ts';
import { statedIn } from './forPurpose.ts';
import { type Guarded, guardMethod } from './guardedMethods.ts';

type Options = { readonly upsert?: boolean; readonly arrayFilters?: unknown } | undefined;
type Args = unknown[];

/**
 * Every way in which a driver's collection writes documents, and how its arguments are looked at. All of them are, before
 * the first is written: a refused call writes nothing.
 */
const WRITES: Readonly<Record<string, (look: Look, args: Args) => Args>> = {
  insertOne: (look, [document, ...rest]) => [inserted(look, document), ...rest],
  insertMany: (look, [documents, ...rest]) => [
    (documents as unknown[]).map((document) => inserted(look, document)),
    ...rest,
  ],
  updateOne: updating,
  updateMany: updating,
  findOneAndUpdate: updating,
  replaceOne: replacing,
  findOneAndReplace: replacing,
  bulkWrite: (look, [operations, ...rest]) => [(operations as object[]).map((one) => inBulk(look, one)), ...rest],
};

/** They write no values; what they find is asked for by a filter. */
const REMOVALS = ['deleteOne', 'deleteMany', 'findOneAndDelete'];

/** Builders of the driver that collect writes out of sight. */
const BUILDERS = ['initializeOrderedBulkOp', 'initializeUnorderedBulkOp'];

export function guardWrites({ collection, governed, raw }: Guarded): void {
  for (const [name, look] of Object.entries(WRITES)) {
    guardMethod(collection, name, async (...args) => {
      const { name: place } = governed();
      refusePurpose(place, args);
      const world = await guardOf(collection, place).now();
      const seen = beginLook(world, governed());
      const checked = lookSafely(() => look(seen, args));
      await reportUnlisted(world, seen);
      return raw(name, checked);
    });
  }
  for (const name of REMOVALS) {
    guardMethod(collection, name, async (...args) => {
      const { name: place } = governed();
      refusePurpose(place, args);
      guardOf(collection, place);
      guardQuery(place, args[0]);
      return raw(name, args);
    });
  }
  for (const name of BUILDERS) {
    guardMethod(collection, name, () => {
      throw writeRefused(
        governed().name,
        `${name} collects writes that nothing looks at`,
        'Use bulkWrite of the model.',
      );
    });
  }
}

/** What the library hangs on errors of its writes: the documents themselves, which must not end up in a log. */
const DOCUMENTS = { results: () => [], insertedDocs: () => [], mongoose: () => ({}) } as const;

function lookSafely(look: () => Args): Args {
  try {
    return look();
  } catch (error) {
    for (const [name, get] of Object.entries(DOCUMENTS)) Object.defineProperty(error, name, { get, set: () => {} });
    throw error;
  }
}

function inserted(look: Look, document: unknown): object {
  if (typeof document !== 'object' || document === null) {
    throw writeRefused(look.rules.collection, 'a document is none', 'Hand over an object.');
  }
  return lookAtRecord(nextDocument(look), document);
}

function updating(look: Look, [filter, update, options, ...rest]: Args): Args {
  return [filter, updated(look, filter, update, options as Options), options, ...rest];
}

function replacing(look: Look, [filter, replacement, options, ...rest]: Args): Args {
  return [filter, replaced(look, filter, replacement, options as Options), options, ...rest];
}

function updated(look: Look, filter: unknown, update: unknown, options: Options): unknown {
  guardFilter(look, filter, options);
  return guardUpdate(nextDocument(look), update);
}

function replaced(look: Look, filter: unknown, replacement: unknown, options: Options): object {
  guardFilter(look, filter, options);
  return inserted(look, replacement);
}

function guardFilter(look: Look, filter: unknown, options: Options): void {
  guardQuery(look.rules.collection, [filter, options?.arrayFilters]);
  if (options?.upsert) guardUpsert(nextDocument(look), filter);
}

interface Bulk {
  readonly document?: unknown;
  readonly filter?: unknown;
  readonly update?: unknown;
  readonly replacement?: unknown;
}

function inBulk(look: Look, operation: object): object {
  const [[kind, body] = ['', undefined], ...more] = Object.entries(operation) as [
    string,
    (Bulk & Options) | undefined,
  ][];
  if (body !== undefined && more.length === 0) {
    const { document, filter, update, replacement } = body;
    switch (kind) {
      case 'insertOne':
        return { insertOne: { ...body, document: inserted(look, document) } };
      case 'updateOne':
      case 'updateMany':
        return { [kind]: { ...body, update: updated(look, filter, update, body) } };
      case 'replaceOne':
        return { replaceOne: { ...body, replacement: replaced(look, filter, replacement, body) } };
      case 'deleteOne':
      case 'deleteMany':
        guardQuery(look.rules.collection, filter);
        return operation;
    }
  }
  throw writeRefused(
    look.rules.collection,
    'an operation of bulkWrite is not known here',
    'Use insertOne, updateOne, replaceOne and their like.',
  );
}

/** A purpose is stated for reads; what a write answers would go around it. */
function refusePurpose(place: string, args: Args): void {
  if (args.every((options) => statedIn(options) === undefined)) return;
  throw writeRefused(place, 'a purpose was stated, and this is no read', 'Write first, then read for the purpose.');
}
