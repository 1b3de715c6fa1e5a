import { Types } from 'mongoose';
import { bytesOf, thumbnailOf } from '../../src/media/media.ts';
import { mimeOf, pictureKind } from '../../src/media/pictureKind.ts';
import { passToModel } from '../../src/videos/passToModel.ts';
import { simulatedModel } from '../../src/videos/simulatedModel.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { Creation, Person, Plan, Upload } from './models.ts';
import type { Studio } from './studio.ts';

export interface Wish {
  readonly prompt: string;
  readonly style: string;
  /** A picture that the person just gave. */
  readonly picture?: Uint8Array;
  /** Id of a picture that the person gave before. */
  readonly upload?: string;
}

export const styles: readonly string[] = ['plain', 'painted', 'drawn'];

/** How many a person may make in a day. */
export const dailyLimit: Readonly<Record<Plan, number>> = { free: 5, pro: 50 };

const day = 86_400_000;

interface Outbound {
  /** Absent where nothing of it may leave. */
  readonly prompt?: string;
  readonly options: Creation['options'];
  readonly image?: Uint8Array;
}

/** Has an image made and stores it: files first, then the records, so that no record ever points at nothing. */
export async function makeCreation(studio: Studio, person: Person, wish: Wish): Promise<Creation> {
  const { kept, models, media, now } = studio;
  const _id = new Types.ObjectId();
  if (wish.prompt === '' || wish.prompt.length > 2000)
    throw new Refusal(422, 'Please describe the image, in at most 2000 letters.');
  if (!styles.includes(wish.style)) throw new Refusal(422, `Please choose a style: ${styles.join(', ')}.`);
  const since = new Date(now().getTime() - day);
  const made = await models.generations.countDocuments({ userId: person._id, createdAt: { $gt: since } });
  if (made >= dailyLimit[person.plan])
    throw new Refusal(
      429,
      `The ${person.plan} plan makes ${dailyLimit[person.plan]} a day. Please come back tomorrow.`,
    );

  const options = { style: wish.style, format: 'gif' };
  const upload = await uploadFor(studio, person, wish);
  const isNew = upload !== undefined && wish.picture !== undefined;
  const image = upload && (wish.picture ?? (await bytesOf(media, upload.file)));
  // What comes in now is under the notice of today; a picture that was given before may be from before.
  const collected = upload && !isNew ? {} : { collected: now() };
  const gate = kept.egress('ai-provider', { subject: person.id, generation: String(_id), ...collected });
  const sent = await passToModel<Outbound>(gate, { prompt: wish.prompt, options, ...(image && { image }) });

  const clip = simulatedModel(`${sent.options.style}: ${sent.prompt ?? ''}`, sent.image);
  const file = `outputs/${_id}.gif`;
  const createdAt = now();
  // As it left: without what it told beside its picture.
  const given = isNew ? sent.image : undefined;
  try {
    if (upload && given) await media.put(upload.file, given);
    await media.put(file, clip.video);
    await media.put(thumbnailOf(file), clip.thumbnail);
    if (upload && given) await models.uploads.create({ ...upload, size: given.length, createdAt });
    const creation = await models.generations.create({
      _id,
      userId: person._id,
      prompt: wish.prompt,
      options,
      ...(upload && { uploadId: upload._id }),
      outputs: [{ file, size: clip.video.length, type: mimeOf.gif }],
      createdAt,
    });
    return creation.toObject();
  } catch (error) {
    await media.remove([file]);
    if (upload && given && !(await models.uploads.exists({ _id: upload._id }))) await media.remove([upload.file]);
    throw error;
  }
}

async function uploadFor(
  { models, media }: Studio,
  person: Person,
  wish: Wish,
): Promise<Omit<Upload, 'createdAt' | 'size'> | undefined> {
  if (wish.picture) {
    const kind = pictureKind(wish.picture);
    if (!kind) throw new Refusal(415, 'Please give a picture as PNG, JPEG, GIF or WebP.');
    const _id = new Types.ObjectId();
    return { _id, userId: person._id, file: `uploads/${_id}.${kind}`, type: mimeOf[kind] };
  }
  if (!wish.upload) return undefined;
  const mine = { _id: wish.upload, userId: person._id };
  const upload = Types.ObjectId.isValid(wish.upload) ? await models.uploads.findOne(mine).lean() : null;
  if (!upload || !(await media.has(upload.file))) throw new Refusal(404, 'That picture is not here any more.');
  return upload;
}
