import type { Connection, Model, Schema } from 'mongoose';

/** The model of a collection on this connection, under the collection's own name; safe to ask for twice. */
export function modelOn<T>(connection: Connection, name: string, schema: Schema<T>): Model<T> {
  const known = connection.models[name] ?? connection.model(name, schema, name);
  return known as unknown as Model<T>;
}
