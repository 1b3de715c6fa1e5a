import { type Settled, settledBy } from '../../kernel/request/settledBy.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/** A staff member in office settles it, and a privacy lead where the table says so. Throws APPROVAL_REFUSED. */
export async function demandSettler(world: World, what: Settled, request: StoredRequest, by: unknown): Promise<void> {
  const role = settledBy(what, request) === 'lead' ? 'lead' : undefined;
  await demandOffice(world, by, `request ${request._id}`, role);
}
