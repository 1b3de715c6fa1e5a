import type { RequestHandler } from 'express';
import { evidence } from './evidence/evidence.ts';
import { findings } from './findings/findings.ts';
import type { Kept } from './kept.ts';
import { mailIntake } from './mail/mailIntake.ts';
import { outbox } from './outbox/outbox.ts';
import { reminders } from './reminders/reminders.ts';
import { requests } from './requests/requests.ts';
import { retention } from './retention/retention.ts';
import { staff } from './staff/staff.ts';
import { consents } from './subjects/consents.ts';
import { decideFor } from './subjects/decideFor.ts';
import { holds } from './subjects/holds.ts';
import { tickets } from './tickets/tickets.ts';
import { workOff } from './workOff.ts';
import type { World } from './world.ts';

/** What the engine takes from the outside ring. */
export interface Edges {
  messageKey(raw: Uint8Array): string;
  router(kept: Kept, world: World, subjectOf: (req: never) => string | undefined): RequestHandler;
}

/** The use cases over one world. */
export function openKept(world: World, edges: Edges): Kept {
  const kept: Kept = {
    service: world.service,
    policy: world.policy,
    clock: world.clock,
    publicUrl: world.publicUrl,
    decide: (question) => decideFor(world, question),
    consents: consents(world),
    tickets: tickets(world),
    requests: requests(world),
    mail: mailIntake(world, edges.messageKey),
    outbox: outbox(world),
    retention: retention(world),
    reminders: reminders(world),
    evidence: evidence(world),
    findings: findings(world),
    holds: holds(world),
    staff: staff(world),
    router: ({ subjectOf }) => edges.router(kept, world, subjectOf),
    workOff: () => workOff(kept),
  };
  return kept;
}
