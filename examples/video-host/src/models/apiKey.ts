import { governs } from '@kept/core';
import { Schema, type Types } from 'mongoose';

/** A key to the API. The key itself is shown once and never stored. */
export interface ApiKey {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  name: string;
  /** SHA-256 of the key, hex. A key is 256 random bits, so no slow hash is needed. */
  hash: string;
  last4: string;
  createdAt: Date;
  lastUsedAt?: Date;
}

export const apiKeySchema: Schema<ApiKey> = new Schema<ApiKey>(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true, trim: true, maxlength: 60 },
    hash: { type: String, required: true, match: /^[0-9a-f]{64}$/ },
    last4: { type: String, required: true, match: /^.{4}$/ },
    createdAt: { type: Date, required: true },
    lastUsedAt: Date,
  },
  { versionKey: false, strict: 'throw' },
);

// #region govern
apiKeySchema.plugin(governs('apiKeys'));
// #endregion govern
apiKeySchema.index({ hash: 1 }, { unique: true });
apiKeySchema.index({ userId: 1, createdAt: 1 });
