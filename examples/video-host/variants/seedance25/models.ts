import { governs } from '@kept/core';
import { type Connection, type HydratedDocument, type Model, Schema, type Types } from 'mongoose';
import { type CreditEntry, creditEntrySchema } from '../../src/models/creditEntry.ts';
import { modelOn } from '../../src/models/modelOn.ts';
import { type Session, sessionSchema } from '../../src/models/session.ts';

/** Where an item of a profile came from: the person, or the sign-in provider by name. */
export type Source = 'direct' | 'google' | 'github';

export interface Identity {
  provider: Source;
  providerId: string;
  email: string;
}

export interface Member {
  _id: Types.ObjectId;
  email: string;
  name: string;
  /** Key of the picture in the media store. */
  avatar?: string;
  identities: Identity[];
  sources: { email: Source; name: Source; avatar?: Source };
  /** Absent where the person signs in by a provider only. */
  passwordHash?: string;
  /** ISO 3166, such as `FR` or `US-CA`; asked for one's rights only, and may stay empty. */
  country?: string;
  plan: 'free' | 'monthly';
  planStatus: 'none' | 'active' | 'ended';
  planEndsAt?: Date;
  createdAt: Date;
  seenAt: Date;
  closedAt?: Date;
}

export type MediaKind = 'image' | 'video' | 'audio';

export interface Creation {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  prompt: string;
  /** What was asked for. */
  kind: 'video' | 'image';
  model: string;
  references: { file: string; kind: MediaKind }[];
  outputs: { file: string }[];
  createdAt: Date;
}

/** An order as the payment processor tells of it: references, never a card. */
export interface Order {
  _id: Types.ObjectId;
  /** Absent once an erasure has detached the record from its person. */
  userId?: Types.ObjectId;
  item: string;
  /** In minor units, such as cents. */
  amount: number;
  currency: string;
  invoiceNumber: string;
  paidAt: Date;
  processor: string;
  processorRef: string;
  status: 'paid' | 'refunded' | 'failed';
}

/** Somebody used a feature. */
export interface Interaction {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  feature: string;
  at: Date;
}

/** From which device somebody signed in or changed something. */
export interface DeviceLog {
  _id: Types.ObjectId;
  /** Absent once the account is gone: what security needs stays without the person. */
  userId?: Types.ObjectId;
  at: Date;
  ip: string;
  device: string;
  system: string;
  browser: string;
  /** Country of the IP address, as the network edge tells it. */
  region?: string;
}

/** How a visitor found the service, written down on the first visit and never again. */
export interface FirstVisit {
  _id: Types.ObjectId;
  /** SHA-256 of the mark in the visitor's cookie. */
  tokenHash: string;
  /** Once the visitor has an account. */
  userId?: Types.ObjectId;
  at: Date;
  /** The referring page, without what stands behind its `?`. */
  referrer?: string;
  /** Absent where no campaign brought the visitor. */
  campaign?: { source?: string; medium?: string; name?: string };
  country?: string;
}

export type Person = HydratedDocument<Member>;

export interface Models {
  readonly users: Model<Member>;
  readonly sessions: Model<Session>;
  readonly generations: Model<Creation>;
  readonly creditEntries: Model<CreditEntry>;
  readonly orders: Model<Order>;
  readonly interactions: Model<Interaction>;
  readonly deviceLogs: Model<DeviceLog>;
  readonly firstVisits: Model<FirstVisit>;
}

const { ObjectId } = Schema.Types;
const exact = { versionKey: false, strict: 'throw' } as const;
const part = { ...exact, _id: false };
const owner = { type: ObjectId, required: true };
const text = { type: String, required: true };
const date = { type: Date, required: true };
const source = { type: String, enum: ['direct', 'google', 'github'] };
const hash = { ...text, match: /^[0-9a-f]{64}$/ };

const memberSchema = new Schema<Member>(
  {
    email: { ...text, lowercase: true, trim: true },
    name: { ...text, trim: true, maxlength: 80 },
    avatar: String,
    identities: [
      new Schema<Identity>({ provider: { ...source, required: true }, providerId: text, email: text }, part),
    ],
    sources: new Schema<Member['sources']>(
      { email: { ...source, required: true }, name: { ...source, required: true }, avatar: source },
      part,
    ),
    passwordHash: { type: String, match: /^scrypt:/ },
    country: { type: String, match: /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/ },
    plan: { ...text, enum: ['free', 'monthly'] },
    planStatus: { ...text, enum: ['none', 'active', 'ended'] },
    planEndsAt: Date,
    createdAt: date,
    seenAt: date,
    closedAt: Date,
  },
  exact,
)
  .plugin(governs('users'))
  .index({ email: 1 }, { unique: true })
  .index({ 'identities.provider': 1, 'identities.providerId': 1 })
  .index({ 'identities.email': 1 })
  .index({ closedAt: 1 });

const creationSchema = new Schema<Creation>(
  {
    userId: owner,
    prompt: { ...text, trim: true, maxlength: 2000 },
    kind: { ...text, enum: ['video', 'image'] },
    model: text,
    references: [new Schema({ file: text, kind: { ...text, enum: ['image', 'video', 'audio'] } }, part)],
    outputs: [new Schema({ file: text }, part)],
    createdAt: date,
  },
  exact,
)
  .plugin(governs('generations'))
  .index({ userId: 1, createdAt: -1 })
  .index({ 'references.file': 1 })
  .index({ 'outputs.file': 1 });

const orderSchema = new Schema<Order>(
  {
    userId: ObjectId,
    item: text,
    amount: { type: Number, required: true },
    currency: { ...text, match: /^[A-Z]{3}$/ },
    invoiceNumber: text,
    paidAt: date,
    processor: text,
    processorRef: text,
    status: { ...text, enum: ['paid', 'refunded', 'failed'] },
  },
  exact,
)
  .plugin(governs('orders'))
  .index({ userId: 1, paidAt: -1 })
  .index({ processorRef: 1 }, { unique: true })
  .index({ paidAt: 1 });

const interactionSchema = new Schema<Interaction>({ userId: owner, feature: text, at: date }, exact)
  .plugin(governs('interactions'))
  .index({ userId: 1 })
  .index({ at: 1 });

const deviceLogSchema = new Schema<DeviceLog>(
  { userId: ObjectId, at: date, ip: text, device: text, system: text, browser: text, region: String },
  exact,
)
  .plugin(governs('deviceLogs'))
  .index({ userId: 1 })
  .index({ at: 1 });

const campaign = { type: String, maxlength: 100 };
const firstVisitSchema = new Schema<FirstVisit>(
  {
    tokenHash: hash,
    userId: ObjectId,
    at: date,
    referrer: { type: String, maxlength: 300 },
    campaign: new Schema<NonNullable<FirstVisit['campaign']>>(
      { source: campaign, medium: campaign, name: campaign },
      part,
    ),
    country: { type: String, match: /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/ },
  },
  exact,
)
  .plugin(governs('firstVisits'))
  .index({ tokenHash: 1 }, { unique: true })
  .index({ userId: 1 })
  .index({ at: 1 });

/** The app's collections on this connection; safe to ask for twice. */
export function modelsOn(connection: Connection): Models {
  return {
    users: modelOn(connection, 'users', memberSchema),
    sessions: modelOn(connection, 'sessions', sessionSchema),
    generations: modelOn(connection, 'generations', creationSchema),
    creditEntries: modelOn(connection, 'creditEntries', creditEntrySchema),
    orders: modelOn(connection, 'orders', orderSchema),
    interactions: modelOn(connection, 'interactions', interactionSchema),
    deviceLogs: modelOn(connection, 'deviceLogs', deviceLogSchema),
    firstVisits: modelOn(connection, 'firstVisits', firstVisitSchema),
  };
}
