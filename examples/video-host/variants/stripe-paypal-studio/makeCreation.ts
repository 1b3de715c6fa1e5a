import { Types } from 'mongoose';
import { bytesOf, thumbnailOf } from '../../src/media/media.ts';
import { mimeOf, pictureKind } from '../../src/media/pictureKind.ts';
import { simulatedModel } from '../../src/videos/simulatedModel.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { Creation, Person, Plan, Upload } from './models.ts';
import { demandPermitted, type Studio } from './studio.ts';

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

/** What the provider of the models may receive of a wish, each under its category: nothing that is not in this list leaves. */
const sent = {
  prompt: 'generation.prompt',
  style: 'generation.settings',
  picture: 'generation.reference',
} as const;

type Outbound = { prompt: string; style: string; picture?: Buffer };

/** Has an image made and stores it: files first, then the records, so that no record ever points at nothing. */
export async function makeCreation(studio: Studio, person: Person, wish: Wish): Promise<Creation> {
  const { models, media, now } = studio;
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

  const upload = await uploadFor(studio, person, wish);
  const picture = upload && (wish.picture ? Buffer.from(wish.picture) : await bytesOf(media, upload.file));
  const outbound = { prompt: wish.prompt, style: wish.style, ...(picture && { picture }) };
  await demandAllMayLeave(studio, person, String(_id), outbound);

  const clip = simulatedModel(`${outbound.style}: ${outbound.prompt}`, outbound.picture);
  const file = `outputs/${_id}.gif`;
  const createdAt = now();
  const isNew = upload !== undefined && wish.picture !== undefined;
  try {
    if (isNew) await media.put(upload.file, wish.picture);
    await media.put(file, clip.video);
    await media.put(thumbnailOf(file), clip.thumbnail);
    if (isNew) await models.uploads.create({ ...upload, createdAt });
    const creation = await models.generations.create({
      _id,
      userId: person._id,
      prompt: wish.prompt,
      options: { style: wish.style, format: 'gif' },
      ...(upload && { uploadId: upload._id }),
      outputs: [{ file, size: clip.video.length, type: mimeOf.gif }],
      createdAt,
    });
    return creation.toObject();
  } catch (error) {
    await media.remove(file);
    if (isNew && !(await models.uploads.exists({ _id: upload._id }))) await media.remove(upload.file);
    throw error;
  }
}

/** The policy is asked for each part; without a clear yes to all of them, none leaves. */
async function demandAllMayLeave(
  { kept }: Studio,
  person: Person,
  generation: string,
  outbound: Outbound,
): Promise<void> {
  for (const part of Object.keys(outbound) as (keyof Outbound)[]) {
    const question = { purpose: 'service.generation', recipient: 'ai-provider', generation, category: sent[part] };
    const decision = await kept.decide({ subject: person.id, ...question });
    demandPermitted(decision, (why) => new Refusal(403, `This was not made: ${why}.`));
  }
}

async function uploadFor(
  { models, media }: Studio,
  person: Person,
  wish: Wish,
): Promise<Omit<Upload, 'createdAt'> | undefined> {
  if (wish.picture) {
    const kind = pictureKind(wish.picture);
    if (!kind) throw new Refusal(415, 'Please give a picture as PNG, JPEG, GIF or WebP.');
    const _id = new Types.ObjectId();
    const data = { size: wish.picture.length, type: mimeOf[kind] };
    return { _id, userId: person._id, file: `uploads/${_id}.${kind}`, ...data };
  }
  if (!wish.upload) return undefined;
  const mine = { _id: wish.upload, userId: person._id };
  const upload = Types.ObjectId.isValid(wish.upload) ? await models.uploads.findOne(mine).lean() : null;
  if (!upload || !(await media.has(upload.file))) throw new Refusal(404, 'That picture is not here any more.');
  return upload;
}
