import { governs, holdsCardNumber } from '@kept/core';
import { Schema, type Types } from 'mongoose';

/** What the payment processor tells of a purchase: references only, never a card. */
export interface Payment {
  _id: Types.ObjectId;
  /** Absent once an erasure has detached the record from its person. */
  userId?: Types.ObjectId;
  processor: string;
  processorRef: string;
  status: 'paid' | 'refunded' | 'failed';
  /** In minor units, such as cents. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  last4: string;
  /** ISO 3166, for the tax. */
  country: string;
  invoiceNumber: string;
  paidAt: Date;
}

const reference = { type: String, required: true, validate: (text: string) => !holdsCardNumber(text) };

export const paymentSchema: Schema<Payment> = new Schema<Payment>(
  {
    userId: Schema.Types.ObjectId,
    processor: { type: String, required: true },
    processorRef: reference,
    status: { type: String, required: true, enum: ['paid', 'refunded', 'failed'] },
    amount: { type: Number, required: true },
    currency: { type: String, required: true, match: /^[A-Z]{3}$/ },
    last4: { type: String, required: true, match: /^\d{4}$/ },
    country: { type: String, required: true, match: /^[A-Z]{2}$/ },
    invoiceNumber: reference,
    paidAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);

paymentSchema.plugin(governs('payments'));
paymentSchema.index({ userId: 1, paidAt: -1 });
paymentSchema.index({ processorRef: 1 }, { unique: true });
paymentSchema.index({ paidAt: 1 });
