import { holdsCardNumber } from '@kept/core';
import { Types } from 'mongoose';
import { cleanPicture } from '../../src/media/cleanPicture.ts';
import { thumbnailOf } from '../../src/media/media.ts';
import { simulatedModel, simulatedModelName } from '../../src/videos/simulatedModel.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { handOver } from './handOver.ts';
import type { Developer, Generation } from './models.ts';
import type { VideoApi } from './videoApi.ts';

/**
 * Has a video made and stores it: files first, then the record, so that no record ever points at nothing. Of an order that
 * the policy refuses nothing is stored.
 */
export async function makeVideo(
  api: VideoApi,
  developer: Developer,
  { prompt, image }: { prompt: string; image?: Uint8Array },
): Promise<Generation> {
  if (prompt === '' || prompt.length > 2000)
    throw new Refusal(422, 'Describe the video under "prompt", in at most 2000 letters.');
  if (holdsCardNumber(prompt)) throw new Refusal(422, 'The prompt holds a card number. Leave it out.');
  const picture = image && cleanPicture(image);

  const { models, media, now } = api;
  const _id = new Types.ObjectId();
  const createdAt = now();
  const occasion = {
    subject: developer.id,
    purpose: 'service.generation',
    generation: String(_id),
    collected: createdAt,
  };
  const given = await handOver(api, occasion, { prompt, ...(picture && { image: picture.bytes }) });

  const clip = simulatedModel(given.prompt, given.image);
  const output = `outputs/${_id}.gif`;
  const reference = picture && `references/${_id}.${picture.kind}`;
  try {
    if (reference) await media.put(reference, picture.bytes);
    await media.put(output, clip.video);
    await media.put(thumbnailOf(output), clip.thumbnail);
    const generation = await models.generations.create({
      _id,
      userId: developer._id,
      prompt,
      model: simulatedModelName,
      references: reference ? [{ file: reference }] : [],
      outputs: [{ file: output }],
      createdAt,
      ...(developer.webhookUrl && { nextDeliveryAt: createdAt }),
    });
    return generation.toObject();
  } catch (error) {
    if (!(await models.generations.exists({ _id }))) {
      await media.remove([output]);
      if (reference) await media.remove([reference]);
    }
    throw error;
  }
}
