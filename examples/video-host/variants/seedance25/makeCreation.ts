import { Types } from 'mongoose';
import { credit, creditsOf } from '../../src/account/credit.ts';
import { thumbnailOf } from '../../src/media/media.ts';
import { passToModel } from '../../src/videos/passToModel.ts';
import { simulatedModel } from '../../src/videos/simulatedModel.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { Creation, Person } from './models.ts';
import type { Site } from './site.ts';
import { cleanUpload } from './upload.ts';

export interface Wish {
  readonly prompt: string;
  readonly kind: string;
  /** A picture, film or sound to start from. */
  readonly upload?: Uint8Array;
}

/** What the provider of the model gets; the inventory lists no more for it. */
interface Input {
  readonly prompt?: string;
  readonly kind?: string;
  readonly model?: string;
  readonly references?: readonly { readonly kind?: string /** In base64. */; readonly data?: string }[];
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
  const given = upload && cleanUpload(upload);
  if ((await creditsOf(site, person._id)) < 1) throw new Refusal(402, 'There are no credits left. Buy some first.');

  const _id = new Types.ObjectId();
  const gate = kept.egress(modelProvider, { subject: person.id, generation: String(_id), collected: now() });
  const references = given ? [{ kind: given.kind, data: Buffer.from(given.bytes).toString('base64') }] : [];
  const sent = await passToModel<Input>(gate, { prompt, kind, model: modelName, references });
  const [data] = (sent.references ?? []).flatMap((each) => each.data ?? []);
  const { video, thumbnail } = simulatedModel(sent.prompt ?? '', data ? Buffer.from(data, 'base64') : undefined);

  const reference = given && { file: `references/${_id}.${given.ending}`, kind: given.kind };
  const output = `outputs/${_id}.gif`;
  try {
    if (reference) await media.put(reference.file, given.bytes);
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
      await media.remove([output]);
      if (reference) await media.remove([reference.file]);
    }
    throw error;
  }
}
