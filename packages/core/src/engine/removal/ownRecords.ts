import type { Hold, PlanLine } from '../../kernel/decision.ts';
import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { runOf } from '../../kernel/request/runOf.ts';
import { dueAt } from '../../kernel/retention/dueAt.ts';
import { holdGround, strongestHold } from '../../kernel/retention/strongestHold.ts';
import { forgetProposals } from '../disclosures/endProposals.ts';
import { DISCLOSURE_CATEGORY, DISCLOSURES } from '../egress/endDisclosures.ts';
import { LINK_CATEGORY, LINKS } from '../links/endLinks.ts';
import { PACKAGES } from '../packages/endPackages.ts';
import type { StoredPackage } from '../packages/storedPackage.ts';
import type { Acceptance } from '../policy/acceptances.ts';
import type { Dated } from '../retention/sweepDated.ts';
import type { ConsentRecord, Identifier, ObjectionRecord, StoredRequest, Ticket } from '../stored.ts';
import { USE_CATEGORY, USES } from '../uses/endUses.ts';
import { VIEW_CATEGORY, VIEWS } from '../views/endViews.ts';
import type { World } from '../world.ts';
import { removeBatch } from './carryOut.ts';
import { mayGoOn, type Pace } from './pace.ts';
import { removeOwn } from './removeOwn.ts';

/** The collection names under which Kept's own records appear in plans and receipts. */
export const OWN = {
  conversations: 'kept.tickets',
  choices: 'kept.consents',
  objections: 'kept.objections',
  cases: 'kept.requests',
} as const;

/** Conversations that go in one unit: each with all its mails, which are read before they go. */
const CONVERSATIONS = 50;

/** What Kept itself holds of a subject: conversations go with the person; what proves a choice or an answer stays, with its ground. */
export async function surveyOwnRecords(
  world: World,
  subject: string,
  request: Pick<StoredRequest, 'about' | 'captured'>,
  holds: readonly Hold[],
  now: Date,
): Promise<PlanLine[]> {
  const { service } = world;
  const conversations = await conversationsOf(world, subject, request);
  const consents = await world.records.collection<ConsentRecord>('consents').count({ service, subject });
  const acceptances = await world.records.collection<Acceptance>('acceptances').count({ service, subject });
  const objections = await world.records.collection<ObjectionRecord>('objections').count({ service, subject });
  const cases = await world.records.collection<StoredRequest>('requests').count({ service, subject });
  const links = await world.records.collection('links').count({ service, subject });
  const packages = await world.records.collection('packages').count({ service, subject });
  const uses = await world.records.collection('uses').count({ service, subject, kind: 'use' });
  return [
    ownLine(world, OWN.conversations, 'support.conversation', conversations.length),
    ...choiceLines(world, consents + acceptances, objections),
    ownLine(world, OWN.cases, 'rights.record', Math.max(cases, 1)),
    await datedLine(world, subject, { shown: DISCLOSURES, name: 'disclosures', category: DISCLOSURE_CATEGORY }),
    linksLine(ownLine(world, LINKS, LINK_CATEGORY, links)),
    { ...goneLine(PACKAGES, 'rights.record'), count: packages },
    await datedLine(world, subject, { shown: VIEWS, name: 'views', category: VIEW_CATEGORY }),
    looseLine(ownLine(world, USES, USE_CATEGORY, uses)),
  ]
    .filter((line) => line.count > 0)
    .map((line) => heldLine(line, strongestHold(holds, line.collection, subject, now)));
}

/** Erases conversations that are no case, as units of the run, so that they are counted once whatever happens. */
export async function eraseOwnRecords(
  world: World,
  subject: string,
  request: StoredRequest,
  pace: Pace,
): Promise<void> {
  const tickets = await conversationsOf(world, subject, request);
  for (let from = 0; from < tickets.length; from += CONVERSATIONS) {
    if (!(await mayGoOn(pace))) return;
    const records = tickets.slice(from, from + CONVERSATIONS).map((ticket) => ({ id: ticket._id, files: [] }));
    const batch = { run: runOf(request), collection: OWN.conversations, action: 'erase', records } as const;
    await removeBatch(world, batch, world.clock.now());
  }
  await forgetProposals(world, subject);
  await world.records.collection<Identifier>('identifiers').remove({ service: world.service, subject });
}

/** Copies that were made for the person, and not fetched or not over yet: they hold all that goes, as a unit of the run. */
export async function erasePackages(world: World, subject: string, request: StoredRequest): Promise<void> {
  const { service } = world;
  const made = await world.records.collection<StoredPackage>('packages').find({ service, subject });
  if (made.length === 0) return;
  const records = made.map((each) => ({ id: each.request, files: [] }));
  await removeBatch(world, { run: runOf(request), collection: PACKAGES, action: 'erase', records }, world.clock.now());
}

/** Cuts loose what says of the person's records that they were used, as units of the run. */
export function eraseUses(
  world: World,
  subject: string,
  request: StoredRequest,
  line: PlanLine,
  pace: Pace,
): Promise<void> {
  const action = line.action === 'detach' ? 'detach' : 'erase';
  const where = { subject, kind: 'use' };
  return removeOwn(world, { run: runOf(request), collection: USES, action, name: 'uses', where }, pace);
}

/** What no rule of the policy speaks of, and what goes with the person. */
function goneLine(collection: string, category: string): PlanLine {
  return { collection, categories: [category], action: 'erase', count: 0, files: 0, rule: 'rights.erasure' };
}

/** Whatever its rule, a link outlives nobody. */
function linksLine({ ground: _, ...line }: PlanLine): PlanLine {
  return { ...line, action: 'erase' };
}

/** What a rule keeps of a use, a view or a disclosure is that it happened, and no longer to whom. */
function looseLine(line: PlanLine): PlanLine {
  return line.action === 'keep' ? { ...line, action: 'detach' } : line;
}

/** What has one date, whatever a rule calls it, stays without the person until the newest of it is free. */
async function datedLine(
  world: World,
  subject: string,
  { shown, name, category }: { shown: string; name: 'disclosures' | 'views'; category: string },
): Promise<PlanLine> {
  const where = { service: world.service, subject };
  const records = world.records.collection<Dated>(name);
  const [newest] = await records.find(where, { sort: { at: -1 }, limit: 1 });
  const line = looseLine(ownLine(world, shown, category, await records.count(where)));
  const rule = ruleFor(world, category);
  if (line.action === 'erase' || !rule || !newest) return line;
  const until = dueAt(rule, { anchors: { [rule.since]: newest.at } }, world.policy.controller.zone);
  return { ...line, ...(until && { until }) };
}

/** Conversations that carry no rights request: those that do are the record of a case. */
async function conversationsOf(
  world: World,
  subject: string,
  request: Pick<StoredRequest, 'about' | 'captured'>,
): Promise<Ticket[]> {
  const addresses = new Set([
    ...(request.about ? [request.about.address] : []),
    ...(request.captured?.addresses ?? (await world.data.addressesOf(subject))),
  ]);
  const tickets = world.records.collection<Ticket>('tickets');
  const { service } = world;
  const [byAddress, bySubject] = await Promise.all([
    tickets.find({ service, 'from.address': { in: [...addresses] } }),
    tickets.find({ service, subject }),
  ]);
  const all = new Map([...byAddress, ...bySubject].map((ticket) => [ticket._id, ticket]));
  return [...all.values()].filter((ticket) => ticket.requests.length === 0);
}

/** One line for all choices, unless the policy keeps objections by a rule of their own. */
function choiceLines(world: World, consents: number, objections: number): PlanLine[] {
  const agreed = ownLine(world, OWN.choices, 'choice.consent', consents);
  const objected = ownLine(world, OWN.choices, 'choice.objection', objections);
  if (consents === 0 || objections === 0) return [agreed, objected];
  if (agreed.rule !== objected.rule) return [agreed, { ...objected, collection: OWN.objections }];
  return [{ ...agreed, categories: [...agreed.categories, ...objected.categories], count: consents + objections }];
}

function ownLine(world: World, collection: string, category: string, count: number): PlanLine {
  const rule = ruleFor(world, category);
  const stays = rule?.onErasure === 'detach';
  return {
    collection,
    categories: [category],
    action: stays ? 'keep' : 'erase',
    count,
    files: 0,
    ...(rule && { rule: `retention.${rule.id}`, clause: rule.clause }),
    ...(stays && rule.ground && { ground: rule.ground }),
  };
}

function ruleFor({ policy }: World, category: string): RetentionRule | undefined {
  return policy.retention.find((each) => each.covers.some((word) => covers(word, category)));
}

function heldLine(line: PlanLine, hold: Hold | undefined): PlanLine {
  if (!hold || line.action === 'keep') return line;
  const { clause: _, until: _until, ...rest } = line;
  return { ...rest, action: 'keep', rule: `holds.${hold.kind}`, ground: holdGround(hold) };
}
