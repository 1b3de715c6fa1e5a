import type { Right } from '../../kernel/classify/right.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { contest } from './contest/contest.ts';
import { erasure } from './erasure/erasure.ts';
import type { Executor } from './executor.ts';

/** What carries out each right; one that is not here is answered by staff. */
const executors: Partial<Readonly<Record<Right, Executor>>> = {
  erasure,
  complaint: contest,
  appeal: contest,
};

/** What carries this request out; undefined where the policy leaves it to staff. */
export function executorOf(
  { policy }: World,
  { right }: Pick<StoredRequest, 'right' | 'report'>,
): Executor | undefined {
  const rule = policy.rights.find((each) => each.right === right);
  return rule?.executor === 'staff' ? undefined : executors[right];
}
