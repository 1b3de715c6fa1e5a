import type { Connection, Model, Schema } from 'mongoose';
import { type ApiKey, apiKeySchema } from './apiKey.ts';
import { type ApiLog, apiLogSchema } from './apiLog.ts';
import { type CreditEntry, creditEntrySchema } from './creditEntry.ts';
import { type Generation, generationSchema } from './generation.ts';
import { type Payment, paymentSchema } from './payment.ts';
import { type Session, sessionSchema } from './session.ts';
import { type User, userSchema } from './user.ts';

export interface Models {
  readonly users: Model<User>;
  readonly generations: Model<Generation>;
  readonly apiKeys: Model<ApiKey>;
  readonly apiLogs: Model<ApiLog>;
  readonly sessions: Model<Session>;
  readonly creditEntries: Model<CreditEntry>;
  readonly payments: Model<Payment>;
}

/** The app's collections on this connection; safe to ask for twice. */
export function modelsOn(connection: Connection): Models {
  const bind = <T>(name: string, schema: Schema<T>): Model<T> =>
    (connection.models[name] as unknown as Model<T> | undefined) ??
    (connection.model(name, schema, name) as unknown as Model<T>);

  return {
    users: bind('users', userSchema),
    generations: bind('generations', generationSchema),
    apiKeys: bind('apiKeys', apiKeySchema),
    apiLogs: bind('apiLogs', apiLogSchema),
    sessions: bind('sessions', sessionSchema),
    creditEntries: bind('creditEntries', creditEntrySchema),
    payments: bind('payments', paymentSchema),
  };
}
