import { decideTogether } from '../../kernel/decide/decideTogether.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { event, fresh } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import type { LinkScope, NewLink } from '../keptLinks.ts';
import type { FactRecord } from '../ports/personalDataSource.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { askVisitor, categoriesOf, contentFields, hasOpenAccount, holds, recordOf } from './contentShared.ts';
import type { StoredLink } from './storedLink.ts';

const LONGEST_NAME = 200;
const LONGEST_KEY = 1_000;
const MOST_PARTS = 200;
const MOST_LINKS = 100;

/** Throws INPUT_INVALID, SUBJECT_INVALID, RECORD_NOT_FOUND, LINK_INVALID, LINK_REFUSED, LINK_CONFLICT. */
export async function createLink(world: World, asked: NewLink): Promise<{ id: string; token: string }> {
  const now = world.clock.now();
  const { subject } = asked;
  demandSubject(subject);
  const collection = demandText(asked.collection, 'collection', LONGEST_NAME);
  const record = demandText(asked.record, 'record', LONGEST_NAME);
  const until = demandUntil(asked.until, now);
  const found = await recordOf(world, { subject, collection, record });
  if (!found) throw notTheirs();

  const mayAnybody = await hasOpenAccount(world, subject, now);
  const ask = await askVisitor(world, subject);
  const part = demandPart(world, collection, asked.part, found);
  const scope = part ?? { fields: contentFields(world, collection, ask), files: [] };
  const categories = categoriesOf(world, collection, scope) ?? [];
  if (!mayAnybody || decideTogether(categories.map(ask)).outcome !== 'permitted') throw notForOthers();
  await demandRoom(world, { subject, collection, record });

  const token = world.crypto.token();
  const id = `link-${world.crypto.newId()}`;
  const created = event(world, 'LinkCreated', now, { subject, collection, record, part: scope, until: until ?? null });
  const link: StoredLink = {
    ...fresh(world, id, [created]),
    ...{ subject, collection, record, part: scope },
    token: world.crypto.sha256(token),
    visibility: found.visibility ?? 'private',
    createdAt: now,
    ...(until && { until }),
    opened: 0,
  };
  await world.records.collection<StoredLink>('links').insert(link);
  return { id, token };
}

function demandUntil(until: unknown, now: Date): Date | undefined {
  if (until === undefined || (until instanceof Date && until > now)) return until;
  throw invalid('until', 'The link would be over already', 'Give a day to come, or none.');
}

/** Undefined where nothing is named, which stands for all that may be handed out. */
function demandPart(
  world: World,
  collection: string,
  part: NewLink['part'],
  record: FactRecord,
): LinkScope | undefined {
  const scope = { fields: demandTexts(part?.fields, 'fields'), files: demandTexts(part?.files, 'files') };
  if (scope.fields.length + scope.files.length === 0) return undefined;
  if (holds(record, scope) && categoriesOf(world, collection, scope)) return scope;
  throw invalid(
    'part',
    'The record has no such part to share',
    'Name fields of the inventory, or files that it holds.',
  );
}

function demandTexts(texts: unknown, name: string): string[] {
  if (texts === undefined) return [];
  if (!Array.isArray(texts) || texts.length > MOST_PARTS)
    throw invalid(name, `The ${name} are no list`, `Give a list of ${MOST_PARTS} at most.`);
  return [...new Set(texts.map((text) => demandText(text, name, LONGEST_KEY)))];
}

function notForOthers(): KeptError {
  return new KeptError('LINK_REFUSED', 'The policy lets nobody see this by a link', {
    place: 'part',
    remedy: 'Share content of an open account that is neither restricted nor kept from others.',
  });
}

async function demandRoom(world: World, of: { subject: string; collection: string; record: string }): Promise<void> {
  const live = { service: world.service, ...of, revokedAt: { exists: false } } as const;
  if ((await world.records.collection<StoredLink>('links').count(live)) < MOST_LINKS) return;
  throw new KeptError('LINK_CONFLICT', `This has ${MOST_LINKS} links already`, {
    place: 'record',
    remedy: 'Take some of them back, or hand out one that is there.',
  });
}

/** Whether it is not there or somebody else's is nobody's business. */
function notTheirs(): KeptError {
  return new KeptError('RECORD_NOT_FOUND', 'There is no such record of theirs', {
    place: 'record',
    remedy: 'Check the collection and the key of the record.',
  });
}

function invalid(place: string, message: string, remedy: string): KeptError {
  return new KeptError('LINK_INVALID', message, { place, remedy });
}
