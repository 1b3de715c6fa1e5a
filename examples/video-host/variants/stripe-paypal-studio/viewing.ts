import { pipeline } from 'node:stream/promises';
import type { SubjectQuestion } from '@kept/core';
import type { Request, Response } from 'express';
import { Types } from 'mongoose';
import { thumbnailOf } from '../../src/media/media.ts';
import { mimeOfKey } from '../../src/media/pictureKind.ts';
import { visitorOf } from '../../src/web/guards.ts';
import type { Creation, Person } from './models.ts';
import { nothingHere, type Studio } from './studio.ts';

/** What the owner chose: private unless it was made public or a link was given out. */
export function choiceFor(creation: Creation): NonNullable<SubjectQuestion['visibility']> {
  if (creation.visibility === 'public') return 'public';
  return creation.links.length > 0 ? 'link' : 'private';
}

/** Whether the policy lets others look, now that the owner chose. What belongs to a closed account opens for nobody. */
export async function othersMaySee(
  { kept, models }: Studio,
  creation: Creation,
  viewer: 'public' | 'link',
): Promise<boolean> {
  if (!(await models.users.exists({ _id: creation.userId, closedAt: null }))) return false;
  const question = { purpose: 'service.delivery', category: 'generation.output', viewer } as const;
  const subject = String(creation.userId);
  const decision = await kept.decide({ subject, ...question, visibility: choiceFor(creation) });
  return decision.outcome === 'permitted';
}

/** A creation that the visitor may see, and whether it is theirs. */
export async function visible(
  studio: Studio,
  req: Request,
  id: string,
): Promise<{ creation: Creation; isMine: boolean }> {
  const creation = Types.ObjectId.isValid(id) ? await studio.models.generations.findById(id).lean() : null;
  const isMine = (creation && visitorOf<Person>(req)?._id.equals(creation.userId)) ?? false;
  if (!creation || !(isMine || (await othersMaySee(studio, creation, 'public')))) throw nothingHere();
  return { creation, isMine };
}

export async function owned(studio: Studio, req: Request, id: string): Promise<Creation> {
  const { creation, isMine } = await visible(studio, req, id);
  if (!isMine) throw nothingHere();
  return creation;
}

/** Hands out the file of a creation, whole or as its thumbnail. */
export async function sendOutput({ media }: Studio, res: Response, creation: Creation, part: string): Promise<void> {
  const file = creation.outputs[0]?.file;
  const key = part === 'thumbnail' && file ? thumbnailOf(file) : part === 'image' ? file : undefined;
  if (!key || !(await media.has(key))) throw nothingHere();
  const stream = await media.read(key);
  res.set({ 'content-type': mimeOfKey(key), 'cache-control': 'private, no-store' });
  // A reader that leaves early closes the file too; what went wrong on the way shows in the broken response.
  await pipeline(stream, res).catch(() => res.destroy());
}
