import { type Request, Router } from 'express';
import { Types } from 'mongoose';
import { asProblem } from '../../src/web/asProblem.ts';
import { textOf } from '../../src/web/formBody.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { asRefusal, nothingHere, type Studio } from './studio.ts';
import { sendOutput } from './viewing.ts';

/**
 * How staff look at content: Kept takes down who looks, for which purpose and why, and asks the policy; only then the file is
 * sent. Staff come with the token of a session of the console's.
 */
export function staffViews(studio: Studio): Router {
  const { kept, models } = studio;
  const router = Router();

  router.post('/views', async (req, res) => {
    const by = await staffIn(req);
    const record = textOf(req, 'item');
    const one = { userId: 1, outputs: 1 };
    const creation = Types.ObjectId.isValid(record) ? await models.generations.findById(record, one).lean() : null;
    if (!creation) throw nothingHere();

    const what = { collection: 'generations', fields: ['outputs[].file'], record };
    const why = { purpose: textOf(req, 'purpose'), reason: textOf(req, 'reason') };
    const view = { by, subject: String(creation.userId), ...what, ...why };
    const { decision } = await kept.views.open(view).catch(asRefusal);
    if (decision.outcome !== 'permitted')
      throw new Refusal(403, `You may not look: ${decision.because.map(({ text }) => text).join('; ')}.`);
    await sendOutput(studio, res, creation, 'image');
  });

  router.use(asProblem);
  return router;

  async function staffIn(req: Request): Promise<string> {
    const [scheme = '', token = ''] = (req.get('authorization') ?? '').split(' ');
    const session = scheme.toLowerCase() === 'bearer' ? await kept.staff.session(token) : undefined;
    if (!session)
      throw new Refusal(401, 'Sign in to the console, and send that session as: Authorization: Bearer <token>.');
    return session.staff._id;
  }
}
