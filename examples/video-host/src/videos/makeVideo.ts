import { Types } from 'mongoose';
import { credit, creditsOf } from '../account/credit.ts';
import type { Host, Person } from '../host.ts';
import { cleanPicture } from '../media/cleanPicture.ts';
import { bytesOf, thumbnailOf } from '../media/media.ts';
import type { Generation } from '../models/generation.ts';
import { Refusal } from '../web/refusal.ts';
import { sendToModel } from './sendToModel.ts';
import { simulatedModel, simulatedModelName } from './simulatedModel.ts';
import { videoFor } from './videoFor.ts';

export interface Wish {
  readonly prompt: string;
  /** A picture that the person just gave. */
  readonly picture?: Uint8Array;
  /** Key of a picture that the person gave before: the same file serves both videos. */
  readonly reuse?: string;
  /** Id of the video to remix. */
  readonly parent?: string;
}

type Reference = { readonly file: string; readonly bytes: Uint8Array; readonly isNew: boolean };

/** Has a video made and stores it: files first, then the record, so that no record ever points at nothing. */
export async function makeVideo(host: Host, person: Person, wish: Wish): Promise<Generation> {
  const { models, media } = host;
  const id = new Types.ObjectId();
  if (wish.prompt === '' || wish.prompt.length > 2000)
    throw new Refusal(422, 'Please describe the video, in at most 2000 letters.');
  const parent = wish.parent ? await remixable(host, person, wish.parent) : undefined;
  const reference = await referenceFor(host, person, wish, parent, id);
  if ((await creditsOf(host, person._id)) < 1)
    throw new Refusal(402, 'There are no credits left. Buy some on your account page.');

  // What comes in now is under the notice of today; a picture that was given before may be from before.
  const isNew = reference === undefined || reference.isNew;
  const occasion = { subject: person.id, generation: String(id), ...(isNew && { collected: host.now() }) };
  const input = { prompt: wish.prompt, ...(reference && { image: reference.bytes }) };
  const sent = await sendToModel(host.kept, occasion, input);

  const clip = simulatedModel(sent.prompt, sent.image);
  const output = `outputs/${id}.gif`;
  try {
    if (reference?.isNew) await media.put(reference.file, reference.bytes);
    await media.put(output, clip.video);
    await media.put(thumbnailOf(output), clip.thumbnail);
    const generation = await models.generations.create({
      _id: id,
      userId: person._id,
      ...(parent && { parentId: parent._id }),
      prompt: wish.prompt,
      model: simulatedModelName,
      references: reference ? [{ file: reference.file }] : [],
      outputs: [{ file: output }],
      createdAt: host.now(),
      visibility: 'private',
    });
    await credit(host, person._id, { amount: -1, reason: 'generation' });
    return generation.toObject();
  } catch (error) {
    if (!(await models.generations.exists({ _id: id }))) {
      await media.remove([output]);
      if (reference?.isNew) await media.remove([reference.file]);
    }
    throw error;
  }
}

async function remixable(host: Host, person: Person, id: string): Promise<Generation> {
  const parent = await videoFor(host, person, id);
  if (!parent) throw new Refusal(404, 'There is no such video to remix.');
  return parent;
}

async function referenceFor(
  { models, media }: Host,
  person: Person,
  wish: Wish,
  parent: Generation | undefined,
  id: Types.ObjectId,
): Promise<Reference | undefined> {
  if (wish.picture) {
    const { kind, bytes } = cleanPicture(wish.picture);
    return { file: `references/${id}.${kind}`, bytes, isNew: true };
  }
  if (wish.reuse) {
    const mine = await models.generations.exists({ userId: person._id, 'references.file': wish.reuse });
    if (!mine || !(await media.has(wish.reuse))) throw new Refusal(404, 'That picture is not here any more.');
    return { file: wish.reuse, bytes: await bytesOf(media, wish.reuse), isNew: false };
  }
  const inherited = parent?.references[0]?.file;
  if (!parent || !inherited || !(await media.has(inherited))) return undefined;
  const bytes = await bytesOf(media, inherited);
  if (parent.userId.equals(person._id)) return { file: inherited, bytes, isNew: false };
  // A copy of one's own: the other person may delete theirs.
  return { file: `references/${id}.${inherited.slice(inherited.lastIndexOf('.') + 1)}`, bytes, isNew: true };
}
