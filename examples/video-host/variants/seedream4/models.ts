import { governs } from '@kept/core';
import { type Connection, type HydratedDocument, type Model, Schema, type Types } from 'mongoose';
import { modelOn } from '../../src/models/modelOn.ts';

export type Plan = 'free' | 'premium';

/** Whoever comes: a device, perhaps an address, perhaps an account. */
export interface Guest {
  _id: Types.ObjectId;
  /** Hash of the token in the device's cookie; absent where the device was forgotten. */
  deviceTokenHash?: string;
  email?: string;
  /** ISO 3166, with the state where there is one, such as US-VA. */
  country?: string;
  createdAt: Date;
  seenAt: Date;
  account?: Account;
}

export interface Account {
  name: string;
  passwordHash: string;
  state: 'open' | 'closed';
  openedAt: Date;
  closedAt?: Date;
  plan: Plan;
  billingAddress?: string;
}

/** A guest as the app has it in hand: `name` is that of an open account. */
export type GuestDocument = HydratedDocument<Guest> & { readonly name?: string };

/** A batch: what was given, item by item, and what was made of each, under the same position. One image is a batch of one. */
export interface Creation {
  _id: Types.ObjectId;
  visitorId: Types.ObjectId;
  prompt: string;
  style: string;
  edit: { strength: number; aspect: string };
  model: string;
  batch: { position: number; prompt: string; file?: string }[];
  outputs: { position: number; file: string }[];
  createdAt: Date;
}

/** How often a feature was used on one day, and on what device. */
export interface Activity {
  _id: Types.ObjectId;
  visitorId: Types.ObjectId;
  feature: string;
  count: number;
  /** The day, as its first instant in UTC. */
  at: Date;
  deviceType?: string;
  os?: string;
  browser?: string;
}

export interface Payment {
  _id: Types.ObjectId;
  /** Absent once an erasure has detached the record from its person. */
  visitorId?: Types.ObjectId;
  token: string;
  last4: string;
  /** In minor units, such as cents. */
  amount: number;
  currency: string;
  /** ISO 3166, for the tax. */
  country: string;
  invoiceNumber: string;
  paidAt: Date;
}

export interface Models {
  readonly visitors: Model<Guest>;
  readonly creations: Model<Creation>;
  readonly activities: Model<Activity>;
  readonly payments: Model<Payment>;
}

const id = Schema.Types.ObjectId;
const strict = { versionKey: false, strict: 'throw' } as const;
const text = (maxlength: number) => ({ type: String, maxlength, trim: true }) as const;
const required = <T extends object>(field: T): T & { required: true } => ({ ...field, required: true });

const accountSchema = new Schema<Account>(
  {
    name: required(text(80)),
    passwordHash: { type: String, required: true, match: /^scrypt:/ },
    state: { type: String, required: true, enum: ['open', 'closed'] },
    openedAt: { type: Date, required: true },
    closedAt: Date,
    plan: { type: String, required: true, enum: ['free', 'premium'] },
    billingAddress: text(300),
  },
  { _id: false, strict: 'throw' },
);

const visitorSchema = new Schema<Guest>(
  {
    deviceTokenHash: { type: String, match: /^[0-9a-f]{64}$/ },
    email: { type: String, lowercase: true, trim: true },
    country: { type: String, match: /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/ },
    createdAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    account: accountSchema,
  },
  strict,
);
visitorSchema.plugin(governs('visitors'));
visitorSchema.virtual('name').get(function (this: Guest) {
  return this.account?.state === 'open' ? this.account.name : undefined;
});
const isText = { $type: 'string' };
visitorSchema.index({ deviceTokenHash: 1 }, { unique: true, partialFilterExpression: { deviceTokenHash: isText } });
visitorSchema.index({ email: 1 }, { unique: true, partialFilterExpression: { 'account.state': 'open' } });
visitorSchema.index({ 'account.closedAt': 1 });
visitorSchema.index({ seenAt: 1 });

const creationSchema = new Schema<Creation>(
  {
    visitorId: { type: id, required: true },
    prompt: required(text(1000)),
    style: { type: String, required: true },
    edit: new Schema(
      { strength: { type: Number, required: true, min: 0, max: 100 }, aspect: { type: String, required: true } },
      { _id: false },
    ),
    model: { type: String, required: true },
    batch: [
      new Schema(
        { position: { type: Number, required: true }, prompt: required(text(1000)), file: String },
        { _id: false },
      ),
    ],
    outputs: [
      new Schema(
        { position: { type: Number, required: true }, file: { type: String, required: true } },
        { _id: false },
      ),
    ],
    createdAt: { type: Date, required: true },
  },
  strict,
);
creationSchema.plugin(governs('creations'));
creationSchema.index({ visitorId: 1, createdAt: -1 });
creationSchema.index({ createdAt: 1 });
creationSchema.index({ 'batch.file': 1 });
creationSchema.index({ 'outputs.file': 1 });

const activitySchema = new Schema<Activity>(
  {
    visitorId: { type: id, required: true },
    feature: { type: String, required: true },
    count: { type: Number, required: true },
    at: { type: Date, required: true },
    deviceType: String,
    os: String,
    browser: String,
  },
  strict,
);
activitySchema.plugin(governs('activities'));
activitySchema.index({ visitorId: 1, at: -1, feature: 1 });
activitySchema.index({ at: 1 });

const paymentSchema = new Schema<Payment>(
  {
    visitorId: id,
    token: required(text(80)),
    last4: { type: String, required: true, match: /^\d{4}$/ },
    amount: { type: Number, required: true },
    currency: { type: String, required: true, match: /^[A-Z]{3}$/ },
    country: { type: String, required: true, match: /^[A-Z]{2}$/ },
    invoiceNumber: required(text(40)),
    paidAt: { type: Date, required: true },
  },
  strict,
);
paymentSchema.plugin(governs('payments'));
paymentSchema.index({ visitorId: 1, paidAt: -1 });
paymentSchema.index({ paidAt: 1 });

/** The editor's collections on this connection; safe to ask for twice. */
export function modelsOn(connection: Connection): Models {
  return {
    visitors: modelOn(connection, 'visitors', visitorSchema),
    creations: modelOn(connection, 'creations', creationSchema),
    activities: modelOn(connection, 'activities', activitySchema),
    payments: modelOn(connection, 'payments', paymentSchema),
  };
}
