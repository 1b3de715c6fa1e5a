import { governs } from '@kept/core';
import { Schema, type Types } from 'mongoose';

/** A line in somebody's credit account; the balance is their sum. */
export interface CreditEntry {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  amount: number;
  reason: 'welcome' | 'purchase' | 'generation';
  paymentId?: Types.ObjectId;
  createdAt: Date;
}

export const creditEntrySchema: Schema<CreditEntry> = new Schema<CreditEntry>(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    amount: { type: Number, required: true },
    reason: { type: String, required: true, enum: ['welcome', 'purchase', 'generation'] },
    paymentId: Schema.Types.ObjectId,
    createdAt: { type: Date, required: true },
  },
  { versionKey: false },
);

creditEntrySchema.plugin(governs('creditEntries'));
creditEntrySchema.index({ userId: 1, createdAt: 1 });
