import { governs } from '@kept/core';
import { Schema, type Types } from 'mongoose';

/** A signed-in browser. The cookie holds the token, the database its hash. */
export interface Session {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  tokenHash: string;
  ip: string;
  userAgent: string;
  createdAt: Date;
  seenAt: Date;
}

export const sessionSchema: Schema<Session> = new Schema<Session>(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    tokenHash: { type: String, required: true, match: /^[0-9a-f]{64}$/ },
    ip: { type: String, required: true },
    userAgent: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);

sessionSchema.plugin(governs('sessions'));
sessionSchema.index({ tokenHash: 1 }, { unique: true });
sessionSchema.index({ userId: 1 });
sessionSchema.index({ seenAt: 1 });
