import { holdsCardNumber } from '@kept/core';
import { Types } from 'mongoose';
import { thumbnailOf } from '../../src/media/media.ts';
import { pictureKind } from '../../src/media/pictureKind.ts';
import { askPromises } from '../../src/videos/askPromises.ts';
import { simulatedModel, simulatedModelName } from '../../src/videos/simulatedModel.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { Developer, Generation } from './models.ts';
import type { VideoApi } from './videoApi.ts';

/**
 * Has a video made and stores it: files first, then the record, so that no record ever points at nothing. Of an order that
 * the policy refuses nothing is stored.
 */
export async function makeVideo(
  { models, media, kept, modelsOf, now }: VideoApi,
  developer: Developer,
  { prompt, image }: { prompt: string; image?: Uint8Array },
): Promise<Generation> {
  if (prompt === '' || prompt.length > 2000)
    throw new Refusal(422, 'Describe the video under "prompt", in at most 2000 letters.');
  if (holdsCardNumber(prompt)) throw new Refusal(422, 'The prompt holds a card number. Leave it out.');
  const kind = image && pictureKind(image);
  if (image && !kind) throw new Refusal(415, 'Send the image as PNG, JPEG, GIF or WebP.');

  const _id = new Types.ObjectId();
  const wished = { subject: developer.id, generation: String(_id), withPicture: image !== undefined };
  await askPromises(kept, { ...wished, ...(modelsOf === 'ourselves' ? {} : { recipient: modelsOf }) });

  const clip = simulatedModel(prompt, image);
  const output = `outputs/${_id}.gif`;
  const reference = `references/${_id}.${kind}`;
  const createdAt = now();
  try {
    if (image) await media.put(reference, image);
    await media.put(output, clip.video);
    await media.put(thumbnailOf(output), clip.thumbnail);
    const generation = await models.generations.create({
      _id,
      userId: developer._id,
      prompt,
      model: simulatedModelName,
      references: image ? [{ file: reference }] : [],
      outputs: [{ file: output }],
      createdAt,
      ...(developer.webhookUrl && { nextDeliveryAt: createdAt }),
    });
    return generation.toObject();
  } catch (error) {
    if (!(await models.generations.exists({ _id }))) {
      await media.remove(output);
      if (image) await media.remove(reference);
    }
    throw error;
  }
}
