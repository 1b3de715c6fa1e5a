import { forPurpose } from '@kept/core';
import type { Request, Response } from 'express';
import { Types } from 'mongoose';
import { thumbnailOf } from '../../src/media/media.ts';
import { mimeOfKey } from '../../src/media/pictureKind.ts';
import { visitorOf } from '../../src/web/guards.ts';
import { pour } from '../../src/web/pour.ts';
import type { Creation, Person } from './models.ts';
import { nothingHere, type Studio } from './studio.ts';

/** What others get to see of a creation. */
export type Shown = Pick<Creation, '_id' | 'userId' | 'outputs' | 'createdAt'>;

/**
 * What its owners let anybody see, the newest first: read as anybody, so that the policy decides record by record. What
 * belongs to a closed account opens for nobody.
 */
export async function openToAll({ models }: Studio, of: { _id?: string } = {}): Promise<Shown[]> {
  const open = await models.generations
    .find({ ...of, visibility: 'public' }, { userId: 1, outputs: 1, createdAt: 1 })
    .sort({ createdAt: -1 })
    .limit(24)
    .setOptions(forPurpose('service.delivery', { viewer: 'public' }))
    .lean<Shown[]>();
  const owners = { _id: { $in: open.map(({ userId }) => userId) }, closedAt: null };
  const here = new Set((await models.users.find(owners, { _id: 1 }).lean()).map(({ _id }) => String(_id)));
  return open.filter(({ userId }) => here.has(String(userId)));
}

/** A creation of the visitor's own; the same answer for what is somebody else's and what is not there. */
export async function owned(studio: Studio, req: Request, id: string): Promise<Creation> {
  const mine = await ownedIn(studio, req, id);
  if (!mine) throw nothingHere();
  return mine;
}

/** A creation that the visitor may see, and all of it where it is theirs. */
export async function visible(studio: Studio, req: Request, id: string): Promise<{ shown: Shown; mine?: Creation }> {
  const mine = await ownedIn(studio, req, id);
  if (mine) return { shown: mine, mine };
  const [shown] = Types.ObjectId.isValid(id) ? await openToAll(studio, { _id: id }) : [];
  if (!shown) throw nothingHere();
  return { shown };
}

async function ownedIn({ models }: Studio, req: Request, _id: string): Promise<Creation | null> {
  const visitor = visitorOf<Person>(req);
  if (!visitor || !Types.ObjectId.isValid(_id)) return null;
  return models.generations.findOne({ _id, userId: visitor._id }).lean();
}

/** Hands out the file of a creation, whole or as its thumbnail. */
export async function sendOutput(
  { media }: Studio,
  res: Response,
  { outputs }: Pick<Creation, 'outputs'>,
  part: string,
): Promise<void> {
  const file = outputs[0]?.file;
  const key = part === 'thumbnail' && file ? thumbnailOf(file) : part === 'image' ? file : undefined;
  if (!key || !(await media.has(key))) throw nothingHere();
  const stream = await media.read(key);
  res.set({ 'content-type': mimeOfKey(key), 'cache-control': 'private, no-store' });
  await pour(stream, res);
}
