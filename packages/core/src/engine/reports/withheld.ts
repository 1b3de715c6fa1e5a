import { OPEN_STATUSES } from '../../kernel/request/requestStatus.ts';
import type { Content } from '../keptReports.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/** Whether a record shows somebody whose report of it is not decided yet: until then nobody but its owner and staff see it. */
export async function isWithheld({ records, service }: World, { collection, record }: Content): Promise<boolean> {
  const open = await records.collection<StoredRequest>('requests').find({
    service,
    'shownIn.record': record,
    status: { in: OPEN_STATUSES },
  });
  return open.some(({ shownIn = [] }) =>
    shownIn.some((each) => each.collection === collection && each.record === record),
  );
}
