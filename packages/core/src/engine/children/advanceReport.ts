import { advancePictured } from '../reports/advancePictured.ts';
import { tellReporter } from '../reports/tellReporter.ts';
import { changeRequest } from '../requests/changeRequest.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * The next step of a report that needs no person: the reporter is told that it is here, and the account stands without its
 * holder's confirmation. Letters to the reporter say the same whoever the report is about.
 */
export async function advanceReport(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest | undefined> {
  if (request.report === 'pictured') return advancePictured(world, request, ticket, now);
  if (!request.acknowledgedAt) {
    await tellReporter(world, request, ticket, 'child-report-received', now);
    return changeRequest(world, request._id, { type: 'Acknowledge' }, now);
  }
  const { about } = request;
  if (request.status !== 'received' || !about) return undefined;
  return changeRequest(world, request._id, { type: 'ConfirmIdentity', subject: about.subject, how: 'report' }, now);
}
