import { sharedWords } from '../../kernel/recipient/sharedWords.ts';
import type { Disclosure } from '../keptEgress.ts';
import type { Correction, NoticeKind } from '../ports/recipientConnector.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { isBehind, madeAbout, markOf } from './madeAbout.ts';
import type { LogMark } from './notification.ts';
import { type NoticePart, notificationsAbout, queueNotification } from './queueNotification.ts';
import { type KnownBy, referencesOf } from './referencesOf.ts';

/** More is told in several notices, so that none is too large to be taken. */
const MOST_REFERENCES = 1_000;
/** A public authority that gets data in an inquiry under its law is no recipient (Art 4(9) GDPR). */
const NO_RECIPIENT = 'authority';

/** What happened to a person's data, of which those who have it are to hear. */
export interface Telling {
  /** Id of the request; of the restriction, where nobody asked for it. */
  readonly request: string;
  readonly subject: string;
  readonly what: NoticeKind;
  readonly categories: readonly string[];
  /** Of a rectification: what is right. Each recipient is told of the categories alone that it got. */
  readonly corrections?: readonly Correction[];
}

/**
 * Notes for every recipient who has something of the person in these categories, by the log of disclosures, that it is to be
 * told (Art 19, 17(2) GDPR); `kept.notifications.advance` does so. Call it before an erasure takes the person out of the log.
 * Safe to repeat: what was noted is not noted again, and what left since then is. Throws SUBJECT_INVALID.
 */
export async function tellRecipients(world: World, telling: Telling, now: Date): Promise<void> {
  demandSubject(telling.subject);
  const known = new Map<string, Known>();
  for (const { recipient, upTo } of await notificationsAbout(world, telling)) {
    const { parts = 0, upTo: newest } = known.get(recipient) ?? {};
    known.set(recipient, { parts: parts + 1, upTo: later(newest, upTo) });
  }

  const parts = new Map<string, NoticePart>();
  const close = async (recipient: string, part: NoticePart): Promise<boolean> => {
    const { parts: before = 0, upTo } = known.get(recipient) ?? {};
    known.set(recipient, { parts: before + 1, upTo: later(upTo, part.upTo) });
    return queueNotification(world, telling, { recipient, number: before + 1, ...part }, now);
  };
  for await (const disclosure of madeAbout(world, telling.subject)) {
    const { recipient } = disclosure;
    const categories = sharedWords(disclosure.categories, telling.categories);
    const upTo = known.get(recipient)?.upTo;
    if (categories.length === 0 || !isToldOf(world, disclosure, now)) continue;
    if (upTo && !isBehind(disclosure, upTo)) continue;
    const part = withDisclosure(parts.get(recipient) ?? emptyPart, disclosure, categories);
    parts.set(recipient, part);
    if (part.references.length < MOST_REFERENCES) continue;
    parts.delete(recipient);
    if (!(await close(recipient, part))) return tellRecipients(world, telling, now);
  }

  for (const [recipient, connector] of Object.entries(world.connectors)) {
    if (known.has(recipient) || !connector.referencesOf || isAuthority(world, recipient)) continue;
    const part = parts.get(recipient) ?? unlogged(world, recipient, telling.categories);
    if (part.categories.length === 0) continue;
    const knownBy = await referencesOf(world, recipient, connector, telling.subject);
    if (parts.has(recipient) || knownBy.references.length > 0 || knownBy.unknown) {
      parts.set(recipient, withReferences(part, knownBy));
    }
  }
  for (const [recipient, part] of parts) {
    // Somebody else notes the same at this moment: what they did not see yet is noted in the next round.
    if (!(await close(recipient, part))) return tellRecipients(world, telling, now);
  }
}

/** What is noted already: in how many notices, and up to where in the log. */
interface Known {
  readonly parts: number;
  readonly upTo: LogMark | undefined;
}

const emptyPart: NoticePart = { categories: [], references: [] };

/** Of those to whom nothing left through the gate, the policy alone says what they may have. */
function unlogged({ policy }: World, recipient: string, categories: readonly string[]): NoticePart {
  const listed = policy.recipients.find(({ name }) => name === recipient);
  return { ...emptyPart, categories: sharedWords(listed?.categories ?? [], categories) };
}

function withDisclosure(part: NoticePart, disclosure: Disclosure, categories: readonly string[]): NoticePart {
  const { generation, reference, recipientKeepsUntil: until } = disclosure;
  const { keepsUntil = until } = part;
  const latest = until && keepsUntil && until > keepsUntil ? until : keepsUntil;
  return {
    categories: union(part.categories, categories),
    references: union(
      part.references,
      [generation, reference].filter((each) => each !== undefined),
    ),
    upTo: markOf(disclosure),
    ...(latest && { keepsUntil: latest }),
  };
}

function withReferences(part: NoticePart, { references, unknown }: KnownBy): NoticePart {
  return { ...part, references: union(part.references, references), ...(unknown && { unknown }) };
}

function union(some: readonly string[], others: readonly string[]): readonly string[] {
  const added = others.filter((each) => !some.includes(each));
  return added.length === 0 ? some : [...some, ...added];
}

/** Whether whoever received it still has it, and is a recipient at all. */
export function isToldOf(world: World, disclosure: Disclosure, now: Date): boolean {
  return !hasEnded(disclosure, now) && !isAuthority(world, disclosure.recipient);
}

function hasEnded({ copyEndedAt, recipientKeepsUntil }: Disclosure, now: Date): boolean {
  return copyEndedAt !== undefined || (recipientKeepsUntil !== undefined && recipientKeepsUntil <= now);
}

function isAuthority({ policy }: World, recipient: string): boolean {
  return policy.recipients.some(({ name, kind }) => name === recipient && kind === NO_RECIPIENT);
}

function later(one: LogMark | undefined, other: LogMark | undefined): LogMark | undefined {
  if (!one || !other) return one ?? other;
  return isBehind({ at: other.at, _id: other.id }, one) ? other : one;
}
