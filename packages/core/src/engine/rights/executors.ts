import type { Right } from '../../kernel/classify/right.ts';
import { isAddressSubject } from '../../kernel/request/addressSubject.ts';
import { wayOf } from '../../kernel/request/wayOf.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { contest } from './contest/contest.ts';
import { erasure } from './erasure/erasure.ts';
import type { Executor } from './executor.ts';
import { nobody } from './nobody/nobody.ts';
import { objection } from './objection/objection.ts';
import { optout } from './optout/optout.ts';
import { rehearsal } from './rehearsal/rehearsal.ts';
import { restriction } from './restriction/restriction.ts';
import { withdrawal } from './withdrawal/withdrawal.ts';

/** What carries out each right; one that is not here is answered by staff. */
const executors: Partial<Readonly<Record<Right, Executor>>> = {
  erasure,
  complaint: contest,
  appeal: contest,
  restriction,
  objection,
  'withdraw-consent': withdrawal,
  'optout-training': optout,
  'optout-marketing': optout,
  'optout-sale': optout,
};

/** What carries this request out; undefined where the policy leaves it to staff. */
export function executorOf(
  { policy }: World,
  { right, test }: Pick<StoredRequest, 'right' | 'report' | 'test'>,
): Executor | undefined {
  if (test) return rehearsal;
  const rule = policy.rights.find((each) => each.right === right);
  return rule?.executor === 'staff' ? undefined : executors[right];
}
