import type { Right } from '../../kernel/classify/right.ts';
import { isAddressSubject } from '../../kernel/request/addressSubject.ts';
import { wayOf } from '../../kernel/request/wayOf.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { access } from './access/access.ts';
import { contest } from './contest/contest.ts';
import { erasure } from './erasure/erasure.ts';
import type { Executor } from './executor.ts';
import { nobody } from './nobody/nobody.ts';
import { objection } from './objection/objection.ts';
import { optout } from './optout/optout.ts';
import { pictured } from './pictured/pictured.ts';
import { portability } from './portability/portability.ts';
import { rectification } from './rectification/rectification.ts';
import { rehearsal } from './rehearsal/rehearsal.ts';
import { restriction } from './restriction/restriction.ts';
import { withdrawal } from './withdrawal/withdrawal.ts';

/** What carries out each right; one that is not here is answered by staff. */
const executors: Partial<Readonly<Record<Right, Executor>>> = {
  erasure,
  access,
  portability,
  complaint: contest,
  appeal: contest,
  restriction,
  objection,
  rectification,
  'withdraw-consent': withdrawal,
  'optout-training': optout,
  'optout-marketing': optout,
  'optout-sale': optout,
};

/** What carries this request out; undefined where the policy leaves it to staff. */
export function executorOf(
  { policy }: World,
  request: Pick<StoredRequest, 'right' | 'report' | 'test'> & { readonly subject?: string },
): Executor | undefined {
  const { right, test, subject } = request;
  if (test) return rehearsal;
  if (request.report === 'pictured') return pictured;
  if (subject && isAddressSubject(subject) && wayOf(request) === 'direct') return nobody;
  const rule = policy.rights.find((each) => each.right === right);
  return rule?.executor === 'staff' ? undefined : executors[right];
}
