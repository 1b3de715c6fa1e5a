import type { RequestHandler } from 'express';
import { children } from './children/children.ts';
import { proposals } from './disclosures/proposals.ts';
import { disclosures } from './egress/disclosures.ts';
import { egressGate, type Network } from './egress/egressGate.ts';
import { evidence } from './evidence/evidence.ts';
import { figures } from './figures/figures.ts';
import { findings } from './findings/findings.ts';
import type { Kept } from './kept.ts';
import type { CookieOptions, RouterOptions } from './keptChoices.ts';
import { links } from './links/links.ts';
import { mailIntake } from './mail/mailIntake.ts';
import { mandates } from './mandates/mandates.ts';
import { notifications } from './notifications/notifications.ts';
import { outbox } from './outbox/outbox.ts';
import { packages } from './packages/packages.ts';
import { policies } from './policy/policies.ts';
import { recipients } from './recipients/recipients.ts';
import { reminders } from './reminders/reminders.ts';
import { reports } from './reports/reports.ts';
import { requests } from './requests/requests.ts';
import { retention } from './retention/retention.ts';
import { reviews } from './reviews/reviews.ts';
import { scan } from './scan/scan.ts';
import { staff } from './staff/staff.ts';
import { consents } from './subjects/consents.ts';
import { decideInForce } from './subjects/decideFor.ts';
import { holds } from './subjects/holds.ts';
import { objections } from './subjects/objections.ts';
import { restrictions } from './subjects/restrictions.ts';
import { signals } from './subjects/signals.ts';
import { unsubscribe } from './subjects/unsubscribe.ts';
import { support } from './support/support.ts';
import { tickets } from './tickets/tickets.ts';
import { transfers } from './transfer/transfers.ts';
import { latestWorld, useCasesInForce, type Worlds, worldsFrom } from './useCasesInForce.ts';
import { uses } from './uses/uses.ts';
import { views } from './views/views.ts';
import { workOff } from './workOff.ts';
import type { World } from './world.ts';

/** What the engine takes from the outside ring. */
export interface Edges {
  messageKey(raw: Uint8Array): string;
  router(kept: Kept, world: World, options: RouterOptions): RequestHandler;
  cookies(kept: Kept, world: World, options: CookieOptions): RequestHandler;
  readonly network: Network;
  /** Told of the worlds of this process once they are open: models of the host are guarded by them from then on. */
  guard(worlds: Worlds): void;
}

/** The use cases, each under the version of the policy that is in force when it begins. */
export function openKept(world: World, edges: Edges): Kept {
  const worlds = worldsFrom(world);
  const kept: Kept = {
    service: world.service,
    get policy() {
      return worlds.latest().policy;
    },
    clock: world.clock,
    publicUrl: world.publicUrl,
    decide: (question) => decideInForce(worlds, question),
    consents: useCasesInForce(worlds, consents),
    objections: useCasesInForce(worlds, objections),
    restrictions: useCasesInForce(worlds, restrictions),
    signals: useCasesInForce(worlds, signals),
    unsubscribe: useCasesInForce(worlds, unsubscribe),
    uses: useCasesInForce(worlds, uses, ['build', 'stillAllowed', 'manifest']),
    tickets: useCasesInForce(worlds, tickets),
    support: useCasesInForce(worlds, support),
    requests: useCasesInForce(worlds, (one) => ({ ...requests(one), ...mandates(one) })),
    packages: useCasesInForce(worlds, packages),
    mail: useCasesInForce(worlds, (one) => mailIntake(one, edges.messageKey)),
    outbox: useCasesInForce(worlds, outbox),
    retention: useCasesInForce(worlds, retention, ['modeOf']),
    reminders: useCasesInForce(worlds, reminders),
    policies: useCasesInForce(worlds, (one) => policies(one, worlds.now)),
    evidence: evidence(world),
    findings: findings(world),
    holds: holds(world),
    disclosures: useCasesInForce(worlds, (one) => ({ ...disclosures(one), ...proposals(one) })),
    egress: (recipient, occasion) => egressGate(worlds, edges.network, recipient, occasion),
    children: useCasesInForce(worlds, children),
    reports: useCasesInForce(worlds, reports),
    recipients: useCasesInForce(worlds, recipients),
    notifications: useCasesInForce(worlds, notifications),
    transfer: useCasesInForce(worlds, transfers),
    scan: useCasesInForce(worlds, scan),
    staff: staff(world),
    reviews: useCasesInForce(worlds, reviews),
    links: useCasesInForce(worlds, links),
    views: useCasesInForce(worlds, views),
    figures: useCasesInForce(worlds, figures),
    router: (options) => edges.router(kept, latestWorld(worlds), options),
    cookies: (options) => edges.cookies(kept, latestWorld(worlds), options),
    workOff: () => workOff(kept),
  };
  edges.guard(worlds);
  return kept;
}
