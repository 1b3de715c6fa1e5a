import { holdsCardNumber } from '@kept/core';
import { Types } from 'mongoose';
import { cleanPicture, type Picture } from '../../src/media/cleanPicture.ts';
import { renderPicture } from '../../src/media/renderClip.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { demandPermitted, type Editor } from './editor.ts';
import { isLook } from './look.ts';
import type { Creation, GuestDocument } from './models.ts';

export const mostItems = 4;

export interface Wish {
  /** Said of the whole batch. */
  readonly prompt: string;
  readonly style: string;
  readonly aspect: string;
  /** How far an image may move away from the upload, in percent. */
  readonly strength: number;
  /** What is said of each image, and what it starts from. */
  readonly items: readonly { readonly prompt: string; readonly picture?: Uint8Array }[];
}

/** Makes the images of a batch and stores them: files first, then the record, so that no record ever points at nothing. */
export async function makeCreation(editor: Editor, guest: GuestDocument, wish: Wish): Promise<Creation> {
  const { models, media, now } = editor;
  const pictures = checkWish(wish);
  const _id = new Types.ObjectId();
  const generation = String(_id);
  const categories = pictures.some(Boolean) ? ['generation.prompt', 'generation.reference'] : ['generation.prompt'];
  for (const category of categories) {
    const question = { subject: guest.id, purpose: 'service.generation', category, generation };
    await demandPermitted(editor, question, { status: 403, what: 'These images were not made' });
  }

  const written: string[] = [];
  const put = async (key: string, bytes: Uint8Array): Promise<string> => {
    await media.put(key, bytes);
    written.push(key);
    return key;
  };
  try {
    const batch: Creation['batch'] = [];
    const outputs: Creation['outputs'] = [];
    for (const [position, { prompt }] of wish.items.entries()) {
      const picture = pictures[position];
      const file = picture && (await put(`uploads/${_id}-${position}.${picture.kind}`, picture.bytes));
      batch.push({ position, prompt, ...(file && { file }) });
      const image = ownModel([wish.prompt, wish.style, wish.strength, prompt].join('\n'), picture?.bytes);
      outputs.push({ position, file: await put(`images/${_id}-${position}.gif`, image) });
    }
    const { prompt, style, strength, aspect } = wish;
    const edit = { strength, aspect };
    const made = { _id, visitorId: guest._id, prompt, style, edit, model: modelName, batch, outputs, createdAt: now() };
    return (await models.creations.create(made)).toObject();
  } catch (error) {
    if (!(await models.creations.exists({ _id }))) await media.remove(written);
    throw error;
  }
}

/** One item of a batch goes with its files; the others stay. With the last one the record goes. */
export async function removeItem({ models, media }: Editor, creation: Creation, position: number): Promise<void> {
  const isIt = (each: { position: number }): boolean => each.position === position;
  if (!creation.batch.some(isIt)) throw new Refusal(404, 'There is no such image.');
  const isLast = creation.batch.length === 1;
  const { _id } = creation;
  if (isLast) await models.creations.deleteOne({ _id });
  else await models.creations.updateOne({ _id }, { $pull: { batch: { position }, outputs: { position } } });
  const going = [...creation.batch, ...creation.outputs].filter(isIt);
  await media.remove(going.flatMap(({ file }) => file ?? []));
}

const modelName = 'seedream-4.0';

/** Stands in for the service's own image model; it draws in this process, so nothing is handed to anybody. */
export function ownModel(prompt: string, picture?: Uint8Array): Buffer {
  return renderPicture(prompt, picture);
}

/** Refuses what cannot be made; answers the uploads by position, without what they tell beside the picture. */
export function checkWish({ prompt, style, aspect, strength, items }: Wish): (Picture | undefined)[] {
  if (items.length === 0 || items.length > mostItems)
    throw new Refusal(422, `Please describe one to ${mostItems} images.`);
  const texts = [prompt, ...items.map((item) => item.prompt)];
  if (texts.some((text) => text === '' || text.length > 1000))
    throw new Refusal(422, 'Please describe each image, in at most 1000 letters.');
  if (texts.some(holdsCardNumber)) throw new Refusal(422, 'There is a card number in it. Please take it out.');
  if (!isLook({ style, aspect })) throw new Refusal(422, 'Please choose one of the styles and formats.');
  if (!(strength >= 0 && strength <= 100)) throw new Refusal(422, 'Please give a strength from 0 to 100.');
  return items.map(({ picture }) => picture && cleanPicture(picture));
}
