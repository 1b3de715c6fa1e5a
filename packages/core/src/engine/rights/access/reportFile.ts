import type { AccessFacts, HeldCollection, Received } from '../../../kernel/access/accessReport.ts';
import { composeReport } from '../../../kernel/access/composeReport.ts';
import type { ConsentEvent, Found } from '../../../kernel/decision.ts';
import { noticeLabels } from '../../../kernel/notice/noticeLabels.ts';
import type { Collection } from '../../../kernel/policy/inventory.ts';
import type { Disclosure } from '../../keptEgress.ts';
import { acceptedVersions } from '../../policy/acceptances.ts';
import type { ConsentRecord } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { VerifiedRequest } from '../executor.ts';
import { dataName } from './collectionStages.ts';
import { copiedPages } from './copyCollection.ts';
import type { CopyScope } from './copyScope.ts';
import { heldOf } from './held.ts';
import { recordsWhere } from './recordsWhere.ts';
import { shortFile, type TextFile } from './textEntry.ts';

/** Records of a collection that the page itself shows. */
const SHOWN = 20;

/** It begins with the time at which it was made. */
const OBJECT_ID = /^[0-9a-f]{24}$/;

/** The report that people read (Art 15(1) and (2) GDPR), as a page. */
export async function* reportFile(world: World, request: VerifiedRequest, scope: CopyScope): AsyncGenerator<TextFile> {
  yield shortFile('index.html', 'text/html; charset=utf-8', async () => {
    const [words, facts] = await Promise.all([
      world.reports.words(request.language),
      accessFacts(world, request, scope),
    ]);
    const report = composeReport(world.policy, scope.law, words, noticeLabels(world.policy), facts);
    return world.reports.page(report);
  });
}

export async function accessFacts(world: World, request: VerifiedRequest, scope: CopyScope): Promise<AccessFacts> {
  const { subject } = request;
  const [{ found, own }, received, consents, profiles, accepted] = await Promise.all([
    heldOf(world, scope),
    receivedBy(world, subject),
    lastConsents(world, subject),
    world.data.profilesOf([subject]),
    acceptedVersions(world, [subject]),
  ]);
  const held: HeldCollection[] = [];
  for (const collection of world.policy.inventory.collections) {
    const there = found.find((each) => each.collection === collection.name);
    if (there && there.count > 0) held.push(await heldIn(world, collection, there, scope));
  }
  const profile = profiles.get(subject);
  const version = accepted.get(subject);
  return {
    receivedAt: request.receivedAt,
    at: world.clock.now(),
    ...{ held, own, received, consents },
    traits: profile?.traits ?? {},
    owner: { ...(profile && { owner: profile.anchors }), ...(version !== undefined && { accepted: version }) },
  };
}

async function heldIn(
  world: World,
  collection: Collection,
  { count, files, newest }: Found,
  { subject, collections }: CopyScope,
): Promise<HeldCollection> {
  const { name } = collection;
  const copied = collections.find((each) => each.collection.name === name);
  const [first] = await world.data.recordsOf(subject, name, 1);
  // The first by its key is the oldest where keys tell the time. Of others it is not known which goes first.
  const isOldest = first && (count === 1 || OBJECT_ID.test(String(first.id)));
  const [oldest] = isOldest ? await world.data.factsOf(name, [first.id]) : [];
  const file = `${dataName(world, name)}.json`;
  const some: { id: string; data: object }[] = [];
  if (copied) {
    for await (const { records } of copiedPages(world, subject, copied, { file, limit: SHOWN })) {
      some.push(...records);
      break;
    }
  }
  return {
    ...{ collection, records: count, files, some },
    shown: copied?.fields.map(({ path }) => path) ?? [],
    ...(copied && { file }),
    ...(oldest && { oldest: { anchors: oldest.anchors, predicates: oldest.predicates } }),
    ...(newest && { newest }),
  };
}

/** The last word on each flag. */
async function lastConsents(world: World, subject: string): Promise<ConsentEvent[]> {
  const last = new Map<string, ConsentEvent>();
  for await (const { events } of recordsWhere<ConsentRecord>(world, 'consents', { subject })) {
    for (const event of events) last.set(event.flag, event);
  }
  return [...last.values()];
}

/** Who received something of the person, each once, the last first. */
async function receivedBy(world: World, subject: string): Promise<Received[]> {
  const all = new Map<string, Received>();
  for await (const one of recordsWhere<Disclosure>(world, 'disclosures', { subject, outcome: 'made' })) {
    const { recipient, at, categories, recipientKeepsUntil: until } = one;
    const before = all.get(recipient);
    const keepsUntil = [before?.keepsUntil, until].filter((each) => each !== undefined).sort(later)[0];
    all.set(recipient, {
      recipient,
      times: (before?.times ?? 0) + 1,
      last: [at, ...(before ? [before.last] : [])].sort(later)[0] ?? at,
      categories: [...new Set([...(before?.categories ?? []), ...categories])].sort(),
      ...(keepsUntil && { keepsUntil }),
    });
  }
  return [...all.values()].sort((one, other) => later(one.last, other.last));
}

function later(one: Date, other: Date): number {
  return other.getTime() - one.getTime();
}
