import { isKeptError } from '@kept/core';
import { type Request, Router } from 'express';
import { Types } from 'mongoose';
import { asProblem } from '../../src/web/asProblem.ts';
import { textOf } from '../../src/web/formBody.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { demandPermitted, nothingHere, type Studio } from './studio.ts';
import { sendOutput } from './viewing.ts';

/**
 * How staff look at content: a purpose and a reason come first, then the policy is asked, then the view is written down, and
 * only then the file is sent. Staff come with the token of a session of the console's.
 */
export function staffViews(studio: Studio): Router {
  const { kept, models, now } = studio;
  const router = Router();

  router.post('/views', async (req, res) => {
    const staff = await staffIn(req);
    const [item, purpose, reason] = [textOf(req, 'item'), textOf(req, 'purpose'), textOf(req, 'reason')];
    if (purpose === '') throw new Refusal(422, 'Say for which purpose you look.');
    if (reason.length < 5 || reason.length > 300 || reason.includes('@'))
      throw new Refusal(422, 'Give the reason, such as a ticket or an incident, without naming anybody.');
    const creation = Types.ObjectId.isValid(item) ? await models.generations.findById(item).lean() : null;
    if (!creation) throw nothingHere();

    const view = { purpose, category: 'generation.output', viewer: `staff:${purpose}` } as const;
    const decision = await kept.decide({ subject: String(creation.userId), ...view }).catch((error: unknown) => {
      throw isKeptError(error) ? new Refusal(422, `${error.message}: ${error.remedy}`) : error;
    });
    demandPermitted(decision, (why) => new Refusal(403, `You may not look: ${why}.`));

    const about = { userId: creation.userId, generationId: creation._id };
    await models.contentViews.create({ ...about, staff, purpose, reason, at: now() });
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
