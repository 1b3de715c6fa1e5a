import { governs } from '@kept/core';
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

/** What somebody had made. */
export interface Creation {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  prompt: string;
  options: { style: string; format: string };
  uploadId?: Types.ObjectId;
  outputs: StoredFile[];
  visibility: 'private' | 'public';
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

export type Person = HydratedDocument<Member>;

export interface Models {
  readonly users: Model<Member>;
  readonly uploads: Model<Upload>;
  readonly generations: Model<Creation>;
  readonly payments: Model<Payment>;
  readonly sessions: Model<Session>;
  readonly requestLogs: Model<RequestLog>;
}

const { ObjectId } = Schema.Types;
const exact = { versionKey: false, strict: 'throw' } as const;
const owner = { type: ObjectId, required: true };
const text = { type: String, required: true };
const date = { type: Date, required: true };
const size = { type: Number, required: true, min: 0 };
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
  .plugin(governs('users'))
  .index({ email: 1 }, { unique: true })
  .index({ closedAt: 1 });

const uploadSchema = new Schema<Upload>({ userId: owner, file: text, size, type: text, createdAt: date }, exact)
  .plugin(governs('uploads'))
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
    createdAt: date,
  },
  exact,
)
  .plugin(governs('generations'))
  .index({ userId: 1, createdAt: -1 })
  .index({ visibility: 1, createdAt: -1 })
  .index({ createdAt: 1 })
  .index({ 'outputs.file': 1 });

// A processor may send more than this one day: the model refuses it, and what goes past the model the gate takes out.
const paymentSchema = new Schema<Payment>(
  {
    userId: ObjectId,
    status: { ...text, enum: ['paid', 'refunded', 'failed'] },
    transactionId: text,
    billingEmail: { type: String, lowercase: true },
    paidAt: date,
  },
  exact,
)
  .plugin(governs('payments'))
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
  .plugin(governs('requestLogs'))
  .index({ userId: 1 })
  .index({ ip: 1, at: -1 })
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
  };
}
