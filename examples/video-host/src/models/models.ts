import type { Connection, Model } from 'mongoose';
import { type ApiKey, apiKeySchema } from './apiKey.ts';
import { type ApiLog, apiLogSchema } from './apiLog.ts';
import { type CreditEntry, creditEntrySchema } from './creditEntry.ts';
import { type Generation, generationSchema } from './generation.ts';
import { modelOn } from './modelOn.ts';
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
  return {
    users: modelOn(connection, 'users', userSchema),
    generations: modelOn(connection, 'generations', generationSchema),
    apiKeys: modelOn(connection, 'apiKeys', apiKeySchema),
    apiLogs: modelOn(connection, 'apiLogs', apiLogSchema),
    sessions: modelOn(connection, 'sessions', sessionSchema),
    creditEntries: modelOn(connection, 'creditEntries', creditEntrySchema),
    payments: modelOn(connection, 'payments', paymentSchema),
  };
}
