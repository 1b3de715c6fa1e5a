import type { Model, Types } from 'mongoose';
import type { CreditEntry } from '../models/creditEntry.ts';

type Owner = Types.ObjectId;

/** Where an app keeps its credit accounts. */
export interface CreditScene {
  readonly models: { readonly creditEntries: Model<CreditEntry> };
  now(): Date;
}

/** Writes a line into somebody's credit account; a negative amount is spent. */
export async function credit(
  { models, now }: CreditScene,
  userId: Owner,
  entry: Pick<CreditEntry, 'amount' | 'reason' | 'paymentId'>,
): Promise<void> {
  await models.creditEntries.create({ userId, ...entry, createdAt: now() });
}

export async function creditsOf({ models }: Pick<CreditScene, 'models'>, userId: Owner): Promise<number> {
  const entries = await models.creditEntries.find({ userId }, { amount: 1 }).lean();
  return entries.reduce((sum, entry) => sum + entry.amount, 0);
}
