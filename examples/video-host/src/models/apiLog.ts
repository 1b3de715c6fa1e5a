import { governs } from '@kept/core';
import { Schema, type Types } from 'mongoose';

/** One call to the API. */
export interface ApiLog {
  _id: Types.ObjectId;
  keyId: Types.ObjectId;
  at: Date;
  method: string;
  path: string;
  status: number;
  ip: string;
  userAgent: string;
  durationMs: number;
}

export const apiLogSchema: Schema<ApiLog> = new Schema<ApiLog>(
  {
    keyId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    method: { type: String, required: true },
    path: { type: String, required: true },
    status: { type: Number, required: true },
    ip: { type: String, required: true },
    userAgent: { type: String, default: '' },
    durationMs: { type: Number, required: true, min: 0 },
  },
  { versionKey: false },
);

apiLogSchema.plugin(governs('apiLogs'));
apiLogSchema.index({ keyId: 1, at: -1 });
apiLogSchema.index({ at: 1 });
