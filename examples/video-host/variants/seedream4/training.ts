import { Router } from 'express';
import type { Types } from 'mongoose';
import { textOf } from '../../src/web/formBody.ts';
import { visitorOf } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { guestOf } from './devices.ts';
import { type Editor, isPermitted } from './editor.ts';
import type { Creation, GuestDocument } from './models.ts';

const flag = 'training';

/**
 * One training run over all images: whose may be used is asked when the run begins, person by person, and each use is written
 * down. Running it again under the same name adds what was not there. The models learn nothing here; the list is real.
 */
export async function trainingRun(
  { models, kept, now }: Pick<Editor, 'models' | 'kept' | 'now'>,
  run: string,
): Promise<{ used: number; leftOut: number }> {
  const done = { used: 0, leftOut: 0 };
  const at = now();
  for await (const guest of models.visitors.find({}, { _id: 1 }).lean().cursor()) {
    const subject = String(guest._id);
    const mine = await models.creations.find({ visitorId: guest._id }, { _id: 1 }).lean();
    if (mine.length === 0) continue;
    if (!(await mayTrainOn({ kept }, subject))) {
      done.leftOut += mine.length;
      continue;
    }
    const flagVersion = await versionOf({ kept }, subject);
    for (const { _id: creationId } of mine) {
      const use = { visitorId: guest._id, flag, flagVersion, at };
      await models.trainingUses.updateOne({ run, creationId }, { $setOnInsert: use }, { upsert: true });
    }
    done.used += mine.length;
  }
  return done;
}

async function mayTrainOn(editor: Pick<Editor, 'kept'>, subject: string): Promise<boolean> {
  for (const category of ['generation.prompt', 'generation.output'])
    if (!(await isPermitted(editor, { subject, purpose: 'training', category }))) return false;
  return true;
}

/** The version of the notice under which they chose, or whose silence it is. */
async function versionOf({ kept }: Pick<Editor, 'kept'>, subject: string): Promise<number> {
  const said = (await kept.consents.history(subject)).filter((event) => event.flag === flag);
  return said.at(-1)?.version ?? kept.policy.version;
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
      uses: guest ? await usesOf(guest._id) : [],
    });
  });

  router.post('/training', async (req, res) => {
    const what = textOf(req, 'what');
    if (what !== 'give' && what !== 'withdraw') throw new Refusal(422, 'Please say whether we may, or may not.');
    const guest = await guestOf(editor, req, res);
    await kept.consents[what](guest.id, flag, 'training page');
    res.redirect(303, '/training');
  });

  async function usesOf(visitorId: Types.ObjectId): Promise<object[]> {
    const uses = await models.trainingUses.find({ visitorId }).sort({ at: -1, creationId: 1 }).lean();
    const known = await models.creations
      .find({ _id: { $in: uses.map((use) => use.creationId) } }, { prompt: 1 })
      .lean();
    const prompts = new Map(known.map((each: Pick<Creation, '_id' | 'prompt'>) => [String(each._id), each.prompt]));
    return uses.map((use) => ({ ...use, id: String(use.creationId), prompt: prompts.get(String(use.creationId)) }));
  }

  return router;
}
