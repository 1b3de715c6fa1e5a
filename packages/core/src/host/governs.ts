import type { Collection, Model, Query, Schema } from 'mongoose';
import { writeRefused } from '../kernel/guard/writeRefused.ts';
import type { Declared } from '../kernel/guard/writeRules.ts';
import { KeptError } from '../kernel/keptError.ts';
import { statedIn } from './guard/forPurpose.ts';
import type { Guarded, Method } from './guard/guardedMethods.ts';
import { guardReads, readRefused } from './guard/guardReads.ts';
import { guardWrites } from './guard/guardWrites.ts';

/** All operations of documents and models before which the library lets a plugin speak. */
const OPERATIONS =
  /^(save|insertMany|insertOne|bulkWrite|createCollection|aggregate|count|countDocuments|estimatedDocumentCount|distinct|find|update|replace|delete)/;

interface Governed {
  declared: Declared;
  readonly schemas: WeakSet<object>;
}

/** By the library's own collections: one for each name and connection, shared by all models on it. */
const governed = new WeakMap<Collection, Governed>();

/**
 * A Mongoose plugin: `userSchema.plugin(governs('users'))`, with the name of the collection in the inventory. From then on
 * every write of its models is looked at before it reaches the database, and reads may state a purpose (`forPurpose`);
 * until Kept has started on their database, they refuse. It stands at the library's own collection of that name, which
 * all models on it share. What goes to the driver directly (`connection.db.collection`) it does not see; `kept scan` does.
 */
export function governs(name: string): (schema: object) => void {
  return (schema) => {
    const hooked = schema as Schema;
    hooked.on('init', (model: Model<unknown>) => govern(model, name));
    // Discriminators and models that were moved to another connection do not announce themselves, but run these.
    hooked.pre(OPERATIONS, { document: true, query: true } as never, function (this: unknown) {
      govern(modelOf(this), name);
      refuseBesides(this, name);
    });
    hooked.statics.namespace = () => {
      throw writeRefused(name, 'bulkWrite of a connection goes past its models', 'Use bulkWrite of the model.');
    };
  };
}

/** Guards the collection of a model once, however many models there are on it. */
function govern(model: Model<unknown> | undefined, name: string): void {
  if (!model?.collection) return;
  const { collection, schema } = model;
  if (collection.collectionName !== name) {
    throw new KeptError('GOVERNED_COLLECTION_INVALID', `A model that is governed as "${name}" has another collection`, {
      place: name,
      remedy: `Give the schema collection: '${name}', or govern it by the name that its collection has.`,
    });
  }
  const known = governed.get(collection) ?? begin(collection, name);
  if (known.schemas.has(schema)) return;
  known.schemas.add(schema);
  // A new object, so that rules are made anew for it.
  known.declared = withSchema(known.declared, schema);
}

function begin(collection: Collection, name: string): Governed {
  const known: Governed = { declared: { name, names: [], own: [] }, schemas: new WeakSet() };
  governed.set(collection, known);
  const shared = Object.getPrototypeOf(collection) as Readonly<Record<string, Method>>;
  const guarded: Guarded = {
    collection,
    governed: () => known.declared,
    raw: (method, args) => shared[method]?.apply(collection, [...args]),
  };
  guardWrites(guarded);
  guardReads(guarded);
  return known;
}

function withSchema({ name, names, own }: Declared, schema: Schema): Declared {
  const { versionKey, discriminatorKey } = schema.options as { versionKey?: unknown; discriminatorKey?: unknown };
  const written = [versionKey, discriminatorKey].filter((one) => typeof one === 'string');
  return { name, names: [...new Set([...names, ...stepsOf(schema)])], own: [...new Set([...own, ...written])] };
}

/** Every name that a schema and the schemas in it write down. */
function stepsOf(schema: Schema): string[] {
  const steps: string[] = [];
  schema.eachPath((path, { schema: inner }: { readonly schema?: Schema }) => {
    steps.push(...path.split('.').filter((step) => !step.startsWith('$')), ...(inner ? stepsOf(inner) : []));
  });
  return steps;
}

/** What a hook runs on: a model itself, a document of one, a query that has it, or a pipeline that tells it. */
function modelOf(target: unknown): Model<unknown> | undefined {
  if (typeof target === 'function') return target as unknown as Model<unknown>;
  const maker = (target as object).constructor as unknown as Partial<Model<unknown>>;
  if (maker.schema) return maker as Model<unknown>;
  const { model } = target as { readonly model: Model<unknown> | (() => Model<unknown>) };
  return 'schema' in model ? model : (model as () => Model<unknown>).call(target);
}

/** What is populated comes from other queries, which state nothing; a document could be saved back as it was shown. */
function refuseBesides(target: unknown, name: string): void {
  const query = target as Partial<Query<unknown, unknown>>;
  if (!query.getPopulatedPaths || !query.getOptions || !query.mongooseOptions || !statedIn(query.getOptions())) return;
  if (query.getPopulatedPaths().length > 0) {
    throw readRefused(
      name,
      'what is populated was read for no purpose',
      'Read it by a query of its own, for the purpose.',
    );
  }
  if (!query.mongooseOptions().lean) {
    throw readRefused(name, 'a document could be saved back as it was shown', 'Leave lean as forPurpose set it.');
  }
}
