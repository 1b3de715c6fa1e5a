import { forPurpose, type PurposeOptions } from '@kept/core';
import { Types } from 'mongoose';
import type { Host, Person } from '../host.ts';
import type { Generation } from '../models/generation.ts';

// #region read
/** States what others look at videos for. What its owner keeps private, or restricts the use of, nobody else is shown. */
export const forAnybody: PurposeOptions = forPurpose('service.generation', { viewer: 'public' });

/** A video for whoever asks: one's own, or one that its owner shows. */
export async function videoFor({ models }: Host, visitor: Person | undefined, id: string): Promise<Generation | null> {
  if (!Types.ObjectId.isValid(id)) return null;
  const mine = visitor && (await models.generations.findOne({ _id: id, userId: visitor._id }).lean());
  return mine ?? models.generations.findOne({ _id: id }).setOptions(forAnybody);
}
// #endregion read
