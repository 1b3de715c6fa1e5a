import { Types } from 'mongoose';
import { credit, creditsOf } from '../../src/account/credit.ts';
import { thumbnailOf } from '../../src/media/media.ts';
import { askPromises } from '../../src/videos/askPromises.ts';
import { simulatedModel } from '../../src/videos/simulatedModel.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { mediaKind } from './mediaKind.ts';
import type { Creation, Person } from './models.ts';
import type { Site } from './site.ts';

export interface Wish {
  readonly prompt: string;
  readonly kind: string;
  /** A picture, film or sound to start from. */
  readonly upload?: Uint8Array;
}

/** As the policy names it. */
const modelProvider = 'ai-provider';
export const modelName = 'seedance-2.5';

/** Has something made and stores it: files first, then the record, so that no record ever points at nothing. */
export async function makeCreation(site: Site, person: Person, { prompt, kind, upload }: Wish): Promise<Creation> {
  const { models, media, kept, now } = site;
  if (prompt === '' || prompt.length > 2000)
    throw new Refusal(422, 'Please describe what shall be seen, in at most 2000 letters.');
  if (kind !== 'video' && kind !== 'image') throw new Refusal(422, 'Choose a video or an image.');
  const found = upload && mediaKind(upload);
  if (upload && !found) throw new Refusal(415, 'Please give a picture, an MP4 film or a sound as MP3, WAV or Ogg.');
  if ((await creditsOf(site, person._id)) < 1) throw new Refusal(402, 'There are no credits left. Buy some first.');

  const _id = new Types.ObjectId();
  const wished = { subject: person.id, generation: String(_id), withPicture: upload !== undefined };
  await askPromises(kept, { ...wished, recipient: modelProvider });

  const { video, thumbnail } = simulatedModel(prompt, upload);
  const reference = upload && found && { file: `references/${_id}.${found.ending}`, kind: found.kind };
  const output = `outputs/${_id}.gif`;
  try {
    if (reference) await media.put(reference.file, upload);
    await media.put(output, kind === 'video' ? video : thumbnail);
    await media.put(thumbnailOf(output), thumbnail);
    const creation = await models.generations.create({
      _id,
      userId: person._id,
      prompt,
      kind,
      model: modelName,
      references: reference ? [reference] : [],
      outputs: [{ file: output }],
      createdAt: now(),
    });
    await credit(site, person._id, { amount: -1, reason: 'generation' });
    return creation.toObject();
  } catch (error) {
    if (!(await models.generations.exists({ _id }))) {
      await media.remove(output);
      if (reference) await media.remove(reference.file);
    }
    throw error;
  }
}
