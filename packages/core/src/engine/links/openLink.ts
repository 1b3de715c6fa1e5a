import { decideTogether } from '../../kernel/decide/decideTogether.ts';
import { isKeptError, KeptError } from '../../kernel/keptError.ts';
import { event, update } from '../aggregate.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { SharedContent } from '../keptLinks.ts';
import { dayOf } from '../outbox/letterFrame.ts';
import { isWithheld } from '../reports/withheld.ts';
import { countAttempt, demandCalm, forgetOldAttempts, type Mark } from '../staff/attempts.ts';
import type { World } from '../world.ts';
import { askVisitor, categoriesOf, hasOpenAccount, holds, recordOf } from './contentShared.ts';
import { isNarrower, type StoredLink, stateOf } from './storedLink.ts';

/** 256 bits in base64url. */
const TOKEN = /^[\w-]{43}$/;

/** A house may share one address, and a link in an old letter is no attack. */
const MOST_WRONG = 50;

/** Throws LINK_NOT_FOUND whatever the cause, and LINK_REFUSED after too many wrong tokens from one place. */
export async function openLink(world: World, token: unknown, from?: unknown): Promise<SharedContent> {
  const now = world.clock.now();
  const mark = typeof from === 'string' && from !== '' ? markOf(world, from) : undefined;
  if (mark) await demandCalm(world, mark, now);

  const link = typeof token === 'string' && TOKEN.test(token) ? await linkOf(world, token) : undefined;
  if (!link || !(await opensNow(world, link, now))) {
    if (mark) {
      await countAttempt(world, mark, now);
      await forgetOldAttempts(world, now);
    }
    throw linkNotFound();
  }

  await countOpening(world, link, now);
  const { subject, collection, record, part } = link;
  return { subject, collection, record, part };
}

export function linkNotFound(): KeptError {
  return new KeptError('LINK_NOT_FOUND', 'This link opens nothing', {
    place: 'link',
    remedy: 'Ask whoever gave it to you for a new one.',
  });
}

async function linkOf(world: World, token: string): Promise<StoredLink | undefined> {
  const where = { service: world.service, token: world.crypto.sha256(token) };
  return (await world.records.collection<StoredLink>('links').find(where, { limit: 1 }))[0];
}

/** Asked anew at each opening: the owner, the content, the account and the policy may all have changed. */
async function opensNow(world: World, link: StoredLink, now: Date): Promise<boolean> {
  if (stateOf(link, now) !== 'open') return false;
  const { subject, collection, part } = link;
  const record = await recordOf(world, link);
  const categories = categoriesOf(world, collection, part);
  if (!record || isNarrower(record, link) || !categories || !holds(record, part)) return false;
  if (!(await hasOpenAccount(world, subject, now)) || (await isWithheld(world, link))) return false;

  const { outcome } = decideTogether(categories.map(await askVisitor(world, subject)));
  if (outcome === 'undetermined') await reportUndetermined(world, collection, now);
  return outcome === 'permitted';
}

async function reportUndetermined(world: World, collection: string, now: Date): Promise<void> {
  const text = 'A sharing link stayed shut because a fact that decides on it is not known.';
  await raiseFinding(
    world,
    { code: 'LINK_UNDETERMINED', about: collection, severity: 'warning', text, place: collection },
    now,
  );
}

/** Each visit counts; the evidence tells once a day how many there were so far. */
async function countOpening(world: World, { _id }: StoredLink, now: Date): Promise<void> {
  const today = dayOf(world, now);
  try {
    await update<StoredLink>(world, 'links', _id, (link) => {
      const opened = link.opened + 1;
      return {
        document: { ...link, opened, openedOn: today },
        events: link.openedOn === today ? [] : [event(world, 'LinkOpened', now, { opened })],
      };
    });
  } catch (error) {
    // Many open it at this moment: they are counted, and this one may see it too.
    if (!isKeptError(error) || error.code !== 'RECORD_CONFLICT') throw error;
  }
}

function markOf({ service, crypto }: World, from: string): Mark {
  return {
    id: crypto.sha256(`${service}\nlink\n${from}`),
    most: MOST_WRONG,
    refusal: { code: 'LINK_REFUSED', place: 'link' },
  };
}
