import { mayJoin } from '../../kernel/children/mayJoin.ts';
import { residenceOf } from '../../kernel/children/newcomer.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { notFound } from '../aggregate.ts';
import type { Children } from '../keptChildren.ts';
import { changeRequest } from '../requests/changeRequest.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { StoredRequest } from '../stored.ts';
import { factsUnknown, reportUnknown } from '../subjects/askAbout.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { lawsOfAge } from './lawsOfAge.ts';
import { accountOf, reportChild } from './reportChild.ts';

/** Children whom the notice keeps out. */
export function children(world: World): Children {
  return {
    async mayJoin(newcomer) {
      const now = world.clock.now();
      const residence = residenceOf(newcomer);
      const laws = await lawsOfAge(world, residence).catch(async (error: unknown) => {
        await reportUnknown(world, error, now);
        return undefined;
      });
      return laws ? mayJoin(world.policy, laws, newcomer, now) : factsUnknown;
    },

    report: (report) => reportChild(world, report),

    async concerns(id, by, subject) {
      const now = world.clock.now();
      demandSubject(subject);
      const request =
        typeof id === 'string' ? await world.records.collection<StoredRequest>('requests').get(id) : undefined;
      if (request?.service !== world.service) throw notFound('requests', String(id));
      await demandOffice(world, by, `request ${id}`);
      if (request.report !== 'child' || request.about) throw settled(id);
      if (!(await world.data.exists(subject))) {
        throw new KeptError('SUBJECT_INVALID', 'There is no account under this key', {
          place: 'subject',
          remedy: 'Give the key of the account as the host keeps it.',
        });
      }
      const about = await accountOf(world, subject);
      return changeRequest(world, id, { type: 'ConfirmIdentity', subject, how: 'report' }, now, () => ({ about }));
    },
  };
}

function settled(id: string): KeptError {
  return new KeptError('REQUEST_CONFLICT', 'It is known already whose account this is about', {
    place: `request ${id}`,
    remedy: 'Look at the request again.',
  });
}
