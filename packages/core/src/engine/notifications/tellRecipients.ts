import { sharedWords } from '../../kernel/recipient/sharedWords.ts';
import type { Disclosure } from '../keptEgress.ts';
import type { Correction, NoticeKind } from '../ports/recipientConnector.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { isBehind, madeAbout, markOf } from './madeAbout.ts';
import type { LogMark } from './notification.ts';
import { type NoticePart, notificationsAbout, queueNotification } from './queueNotification.ts';
import { referencesOf } from './referencesOf.ts';

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
  for (const { recipient, ...noted } of await notificationsAbout(world, telling)) {
    known.set(recipient, withPart(known.get(recipient), noted));
  }

  const parts = new Map<string, NoticePart>();
  const close = async (recipient: string, part: NoticePart): Promise<boolean> => {
    const all = withPart(known.get(recipient), part);
    known.set(recipient, all);
    return queueNotification(world, telling, { recipient, number: all.parts, ...part }, now);
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
    const before = known.get(recipient);
    if (before?.hostAsked || !connector.referencesOf || isAuthority(world, recipient)) continue;
    const part = parts.get(recipient) ?? unlogged(world, recipient, telling.categories, before);
    if (part.categories.length === 0) continue;
    const { references, unknown } = await referencesOf(world, recipient, connector, telling.subject);
    if (!parts.has(recipient) && references.length === 0 && !unknown) continue;
    const [first = [], ...others] = inNotices(part.references, references);
    // The last of them says that all were: whatever interrupts this, the host is asked again.
    const all = [{ ...part, references: first }, ...others.map((rest) => ({ ...part, references: rest }))];
    const last = all.pop() as NoticePart;
    for (const each of all) if (!(await close(recipient, each))) return tellRecipients(world, telling, now);
    parts.set(recipient, { ...last, hostAsked: true, ...(unknown && { unknown }) });
  }
  for (const [recipient, part] of parts) {
    // Somebody else notes the same at this moment: what they did not see yet is noted in the next round.
    if (!(await close(recipient, part))) return tellRecipients(world, telling, now);
  }
}

/** What is noted already: in how many notices, of which categories, up to where in the log, and whether the host was asked. */
interface Known {
  readonly parts: number;
  readonly categories: readonly string[];
  readonly upTo: LogMark | undefined;
  readonly hostAsked: boolean;
}

function withPart(before: Known | undefined, { categories, upTo, hostAsked }: Omit<NoticePart, 'references'>): Known {
  return {
    parts: (before?.parts ?? 0) + 1,
    categories: union(before?.categories ?? [], categories),
    upTo: later(before?.upTo, upTo),
    hostAsked: before?.hostAsked === true || hostAsked === true,
  };
}

const emptyPart: NoticePart = { categories: [], references: [] };

/** Of those to whom nothing left through the gate, the policy alone says what they may have. */
function unlogged(
  { policy }: World,
  recipient: string,
  categories: readonly string[],
  before: Known | undefined,
): NoticePart {
  const listed = policy.recipients.find(({ name }) => name === recipient);
  return { ...emptyPart, categories: before?.categories ?? sharedWords(listed?.categories ?? [], categories) };
}

/** What the log knows, then what the host says beside, in as many notices as it takes. */
function inNotices(logged: readonly string[], said: readonly string[]): (readonly string[])[] {
  const all = [...new Set([...logged, ...said])];
  return Array.from({ length: Math.ceil(all.length / MOST_REFERENCES) }, (_, index) =>
    all.slice(index * MOST_REFERENCES, (index + 1) * MOST_REFERENCES),
  );
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
