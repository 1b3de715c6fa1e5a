import type { SetItem } from '@kept/core';
import { Router } from 'express';
import { textOf } from '../../src/web/formBody.ts';
import { visitorOf } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { guestOf } from './devices.ts';
import { type Editor, isPermitted } from './editor.ts';
import type { GuestDocument } from './models.ts';

const flag = 'training';

/** What an image brings into a set. Uploads do not go in. */
const categories = ['generation.prompt', 'generation.output'] as const;

/**
 * One training run over all images: a set under this name. Each image is asked for when its turn comes, and written down
 * before it is used. Running it again adds what was not there. The models learn nothing here; the list is real.
 */
export async function trainingRun(
  { models, kept }: Pick<Editor, 'models' | 'kept'>,
  run: string,
): Promise<{ used: number }> {
  let used = 0;
  for await (const _image of kept.uses.build({ purpose: 'training', set: run, items: imagesOf(models) })) used += 1;
  return { used };
}

async function* imagesOf({ creations }: Editor['models']): AsyncGenerator<SetItem> {
  for await (const { _id, visitorId } of creations.find({}, { visitorId: 1 }).lean().cursor())
    yield { subject: String(visitorId), record: String(_id), categories };
}

async function mayTrainOn(editor: Pick<Editor, 'kept'>, subject: string): Promise<boolean> {
  for (const category of categories)
    if (!(await isPermitted(editor, { subject, purpose: 'training', category }))) return false;
  return true;
}

/** What may become of one's images, the choice, and what was used before it. */
export function training(editor: Editor): Router {
  const { models, kept, render } = editor;
  const router = Router();

  router.get('/training', async (req, res) => {
    const guest = visitorOf<GuestDocument>(req);
    render(req, res, 'training', {
      title: 'Training',
      isUsed: guest ? await mayTrainOn(editor, guest.id) : false,
      uses: guest ? await usesOf(guest.id) : [],
    });
  });

  router.post('/training', async (req, res) => {
    const what = textOf(req, 'what');
    if (what !== 'give' && what !== 'withdraw') throw new Refusal(422, 'Please say whether we may, or may not.');
    const guest = await guestOf(editor, req, res);
    await kept.consents[what](guest.id, flag, 'training page');
    res.redirect(303, '/training');
  });

  /** The latest of what was used, with the prompt where the image is still there. */
  async function usesOf(subject: string): Promise<object[]> {
    const { items } = await kept.uses.of(subject, { purpose: 'training', limit: 500 });
    const known = await models.creations
      .find({ _id: { $in: items.map(({ record }) => record) } }, { prompt: 1 })
      .lean();
    const prompts = new Map(known.map(({ _id, prompt }) => [String(_id), prompt]));
    return items.map(({ record, set, at, version }) => ({ id: record, set, at, version, prompt: prompts.get(record) }));
  }

  return router;
}
