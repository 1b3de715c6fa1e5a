import { holdsCardNumber } from '@kept/core';
import { type Connection, type HydratedDocument, type Model, Schema, type Types } from 'mongoose';
import { modelOn } from '../../src/models/modelOn.ts';
import { type Session, sessionSchema } from '../../src/models/session.ts';

export type Plan = 'free' | 'pro';

/** An account: an address, a name to be shown, a plan. No country and no age is asked. */
export interface Member {
  _id: Types.ObjectId;
  email: string;
  name: string;
  passwordHash: string;
  plan: Plan;
  /** The day on which the person left the pro plan; absent on it. */
  downgradedAt?: Date;
  createdAt: Date;
  seenAt: Date;
  closedAt?: Date;
}

/** A file's key in the media store, with what is needed to store and deliver it. */
export interface StoredFile {
  file: string;
  size: number;
  type: string;
}

export interface Upload extends StoredFile {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  createdAt: Date;
}

/** What somebody had made. A sharing link stands in the record of what it opens, so that it goes with it. */
export interface Creation {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  prompt: string;
  options: { style: string; format: string };
  uploadId?: Types.ObjectId;
  outputs: StoredFile[];
  visibility: 'private' | 'public';
  links: { tokenHash: string; createdAt: Date }[];
  createdAt: Date;
}

/** All that is stored of a payment: its status, its transaction, where the bill goes, and the day that periods count from. */
export interface Payment {
  _id: Types.ObjectId;
  /** Absent once an erasure has detached the record from its person. */
  userId?: Types.ObjectId;
  status: 'paid' | 'refunded' | 'failed';
  transactionId: string;
  /** Absent once nobody may dispute the payment any more. */
  billingEmail?: string;
  paidAt: Date;
}

export interface RequestLog {
  _id: Types.ObjectId;
  /** Absent where nobody was signed in. */
  userId?: Types.ObjectId;
  at: Date;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  ip: string;
  userAgent: string;
}

/** A member of staff looked at content: who, for which purpose, why. */
export interface ContentView {
  _id: Types.ObjectId;
  /** Whose content it was; absent once an erasure has detached the record from its person. */
  userId?: Types.ObjectId;
  generationId: Types.ObjectId;
  staff: string;
  purpose: string;
  reason: string;
  at: Date;
}

export type Person = HydratedDocument<Member>;

export interface Models {
  readonly users: Model<Member>;
  readonly uploads: Model<Upload>;
  readonly generations: Model<Creation>;
  readonly payments: Model<Payment>;
  readonly sessions: Model<Session>;
  readonly requestLogs: Model<RequestLog>;
  readonly contentViews: Model<ContentView>;
}

const { ObjectId } = Schema.Types;
const exact = { versionKey: false, strict: 'throw' } as const;
const owner = { type: ObjectId, required: true };
const text = { type: String, required: true };
const date = { type: Date, required: true };
const size = { type: Number, required: true, min: 0 };
const plain = { ...text, validate: (value: string) => !holdsCardNumber(value) };
const part = { ...exact, _id: false };

const memberSchema = new Schema<Member>(
  {
    email: { ...text, lowercase: true, trim: true },
    name: { ...text, trim: true, maxlength: 60 },
    passwordHash: { ...text, match: /^scrypt:/ },
    plan: { ...text, enum: ['free', 'pro'] },
    downgradedAt: Date,
    createdAt: date,
    seenAt: date,
    closedAt: Date,
  },
  exact,
)
  .index({ email: 1 }, { unique: true })
  .index({ closedAt: 1 });

const uploadSchema = new Schema<Upload>({ userId: owner, file: text, size, type: text, createdAt: date }, exact)
  .index({ userId: 1, createdAt: -1 })
  .index({ createdAt: 1 })
  .index({ file: 1 });

const creationSchema = new Schema<Creation>(
  {
    userId: owner,
    prompt: { ...text, trim: true, maxlength: 2000 },
    options: new Schema({ style: text, format: text }, part),
    uploadId: ObjectId,
    outputs: [new Schema<StoredFile>({ file: text, size, type: text }, part)],
    visibility: { type: String, enum: ['private', 'public'], default: 'private' },
    links: [new Schema({ tokenHash: { ...text, match: /^[0-9a-f]{64}$/ }, createdAt: date }, part)],
    createdAt: date,
  },
  exact,
)
  .index({ userId: 1, createdAt: -1 })
  .index({ visibility: 1, createdAt: -1 })
  .index({ 'links.tokenHash': 1 })
  .index({ createdAt: 1 })
  .index({ 'outputs.file': 1 });

// A processor may send more than this one day: such a document is refused, and not stripped in silence.
const paymentSchema = new Schema<Payment>(
  {
    userId: ObjectId,
    status: { ...text, enum: ['paid', 'refunded', 'failed'] },
    transactionId: plain,
    billingEmail: { ...plain, required: false, lowercase: true },
    paidAt: date,
  },
  exact,
)
  .index({ userId: 1, paidAt: -1 })
  .index({ transactionId: 1 }, { unique: true })
  .index({ paidAt: 1 });

const requestLogSchema = new Schema<RequestLog>(
  {
    userId: ObjectId,
    at: date,
    method: text,
    path: text,
    status: { type: Number, required: true },
    durationMs: { type: Number, required: true, min: 0 },
    ip: text,
    userAgent: { type: String, default: '' },
  },
  exact,
)
  .index({ userId: 1 })
  .index({ ip: 1, at: -1 })
  .index({ at: 1 });

const contentViewSchema = new Schema<ContentView>(
  {
    userId: ObjectId,
    generationId: owner,
    staff: text,
    purpose: text,
    // It may outlast the person, so it names none: a ticket or an incident, never an address.
    reason: { ...text, trim: true, minlength: 5, maxlength: 300, match: /^[^@]*$/ },
    at: date,
  },
  exact,
)
  .index({ userId: 1, at: -1 })
  .index({ at: 1 });

/** The studio's collections on this connection; safe to ask for twice. */
export function modelsOn(connection: Connection): Models {
  return {
    users: modelOn(connection, 'users', memberSchema),
    uploads: modelOn(connection, 'uploads', uploadSchema),
    generations: modelOn(connection, 'generations', creationSchema),
    payments: modelOn(connection, 'payments', paymentSchema),
    sessions: modelOn(connection, 'sessions', sessionSchema),
    requestLogs: modelOn(connection, 'requestLogs', requestLogSchema),
    contentViews: modelOn(connection, 'contentViews', contentViewSchema),
  };
}
