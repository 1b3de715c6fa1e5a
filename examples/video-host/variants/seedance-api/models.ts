import { governs } from '@kept/core';
import { type Connection, type HydratedDocument, type Model, Schema, type Types } from 'mongoose';
import { type ApiKey, apiKeySchema } from '../../src/models/apiKey.ts';
import { modelOn } from '../../src/models/modelOn.ts';

/** A developer who registered for a key. */
export interface User {
  _id: Types.ObjectId;
  email: string;
  name: string;
  /** ISO 3166, for the invoice. */
  country: string;
  /** Where finished videos are delivered to; absent where the developer comes for them. */
  webhookUrl?: string;
  createdAt: Date;
  closedAt?: Date;
}

export type Developer = HydratedDocument<User>;

/** One video that was ordered, and what was given for it. */
export interface Generation {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  prompt: string;
  model: string;
  references: { file: string }[];
  outputs: { file: string }[];
  createdAt: Date;
  /** When delivery is tried next; absent where it is delivered, given up, or awaited by nobody. */
  nextDeliveryAt?: Date;
  /** The first delivery that succeeded. From here on the days of the policy are counted. */
  deliveredAt?: Date;
}

/** One call. What only the audit and debugging need is taken out of it before the entry itself goes. */
export interface ApiLog {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  at: Date;
  /** Method and pattern, without the ids in it. */
  endpoint: string;
  /** What the bill counts. */
  units: number;
  status?: number;
  latencyMs?: number;
  ip?: string;
}

/** One attempt to deliver a video, whether it succeeded or not. */
export interface Delivery {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  generationId: Types.ObjectId;
  at: Date;
  way: 'webhook' | 'download';
  /** Of the receiver's answer; 0 where there was none. */
  status?: number;
  latencyMs?: number;
}

/** What Stripe tells of a payment: references only, never a card. */
export interface Payment {
  _id: Types.ObjectId;
  /** Absent once an erasure has detached the record from its person. */
  userId?: Types.ObjectId;
  processor: string;
  processorRef: string;
  status: 'paid' | 'failed';
  units: number;
  /** In minor units, such as cents. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  country: string;
  invoiceNumber: string;
  paidAt: Date;
}

export interface Models {
  readonly users: Model<User>;
  readonly apiKeys: Model<ApiKey>;
  readonly generations: Model<Generation>;
  readonly apiLogs: Model<ApiLog>;
  readonly deliveries: Model<Delivery>;
  readonly payments: Model<Payment>;
}

/** The collections on this connection; safe to ask for twice. */
export function modelsOn(connection: Connection): Models {
  return {
    users: modelOn(connection, 'users', userSchema),
    apiKeys: modelOn(connection, 'apiKeys', apiKeySchema),
    generations: modelOn(connection, 'generations', generationSchema),
    apiLogs: modelOn(connection, 'apiLogs', apiLogSchema),
    deliveries: modelOn(connection, 'deliveries', deliverySchema),
    payments: modelOn(connection, 'payments', paymentSchema),
  };
}

const person = { type: Schema.Types.ObjectId, required: true };
const date = { type: Date, required: true };
const text = { type: String, required: true, trim: true } as const;
const strict = { versionKey: false, strict: 'throw' } as const;

const userSchema = new Schema<User>(
  {
    email: { type: String, required: true, lowercase: true, trim: true },
    name: { ...text, maxlength: 80 },
    country: { type: String, required: true, match: /^[A-Z]{2}$/ },
    webhookUrl: { type: String, maxlength: 500 },
    createdAt: date,
    closedAt: Date,
  },
  strict,
);
userSchema.plugin(governs('users'));
userSchema.index({ email: 1 }, { unique: true });
userSchema.index({ closedAt: 1 });

const file = new Schema<{ file: string }>({ file: { type: String, required: true } }, { _id: false });

const generationSchema = new Schema<Generation>(
  {
    userId: person,
    prompt: { ...text, maxlength: 2000 },
    model: { type: String, required: true },
    references: [file],
    outputs: [file],
    createdAt: date,
    nextDeliveryAt: Date,
    deliveredAt: Date,
  },
  strict,
);
generationSchema.plugin(governs('generations'));
generationSchema.index({ userId: 1, createdAt: -1 });
generationSchema.index({ createdAt: 1 });
generationSchema.index({ deliveredAt: 1 });
generationSchema.index({ nextDeliveryAt: 1 });
generationSchema.index({ 'references.file': 1 });
generationSchema.index({ 'outputs.file': 1 });

const apiLogSchema = new Schema<ApiLog>(
  {
    userId: person,
    at: date,
    endpoint: { type: String, required: true },
    units: { type: Number, required: true, min: 0 },
    status: Number,
    latencyMs: { type: Number, min: 0 },
    ip: String,
  },
  strict,
);
apiLogSchema.plugin(governs('apiLogs'));
apiLogSchema.index({ userId: 1, at: -1 });
apiLogSchema.index({ at: 1 });

const deliverySchema = new Schema<Delivery>(
  {
    userId: person,
    generationId: { type: Schema.Types.ObjectId, required: true },
    at: date,
    way: { type: String, required: true, enum: ['webhook', 'download'] },
    status: Number,
    latencyMs: { type: Number, min: 0 },
  },
  strict,
);
deliverySchema.plugin(governs('deliveries'));
deliverySchema.index({ generationId: 1, at: 1 });
deliverySchema.index({ userId: 1, at: -1 });
deliverySchema.index({ at: 1 });

const paymentSchema = new Schema<Payment>(
  {
    userId: Schema.Types.ObjectId,
    processor: { type: String, required: true },
    processorRef: text,
    status: { type: String, required: true, enum: ['paid', 'failed'] },
    units: { type: Number, required: true, min: 1 },
    amount: { type: Number, required: true },
    currency: { type: String, required: true, match: /^[A-Z]{3}$/ },
    country: { type: String, required: true, match: /^[A-Z]{2}$/ },
    invoiceNumber: text,
    paidAt: date,
  },
  strict,
);
paymentSchema.plugin(governs('payments'));
paymentSchema.index({ userId: 1, paidAt: -1 });
paymentSchema.index({ processorRef: 1 }, { unique: true });
paymentSchema.index({ paidAt: 1 });
