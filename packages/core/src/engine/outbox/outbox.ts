import { isKeptError } from '../../kernel/keptError.ts';
import { event, save, update } from '../aggregate.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { Outbox } from '../keptMail.ts';
import type { Where } from '../ports/recordStore.ts';
import type { OutboxLetter } from '../stored.ts';
import type { World } from '../world.ts';
import { isDeadLink } from './isDeadLink.ts';
import { withRealLink } from './withRealLink.ts';

const LEASE_MS = 5 * 60_000;
const MAX_ATTEMPTS = 10;
const LONGEST_PAUSE_MS = 6 * 3_600_000;

export function outbox(world: World): Outbox {
  const letters = world.records.collection<OutboxLetter>('outbox');
  return {
    async deliver() {
      let sent = 0;
      let failed = 0;
      for (;;) {
        const now = world.clock.now();
        const due: Where = {
          service: world.service,
          state: { in: ['queued', 'sending'] },
          nextAttemptAt: { upTo: now },
        };
        const claimed = await letters.claim(due, world.crypto.newId(), now, new Date(now.getTime() + LEASE_MS));
        if (!claimed) return { sent, failed };
        const outcome = await attempt(world, claimed, now).catch(lostToAnother);
        if (outcome === 'sent') sent += 1;
        else if (outcome === 'failed') failed += 1;
      }
    },

    async list({ ticket, state } = {}) {
      const where = { service: world.service, ...(ticket && { ticket }), ...(state && { state }) };
      return letters.find(where, { sort: { queuedAt: 1 } });
    },

    async retry(id, by) {
      const now = world.clock.now();
      return update<OutboxLetter>(world, 'outbox', id, (letter) =>
        letter.state === 'failed'
          ? {
              document: { ...letter, state: 'queued', attempts: 0, nextAttemptAt: now },
              events: [event(world, 'LetterRetried', now, { by })],
            }
          : undefined,
      );
    },
  };
}

/** The lease ran out while the letter was on its way, and another worker has it: that one tells how it ended. */
function lostToAnother(error: unknown): undefined {
  if (!isKeptError(error) || error.code !== 'RECORD_CONFLICT') throw error;
}

async function attempt(world: World, claimed: OutboxLetter, now: Date): Promise<'sent' | 'failed' | undefined> {
  const letters = world.records.collection<OutboxLetter>('outbox');
  if (await isDeadLink(world, claimed)) {
    const { lease: _, letter, occasion, ...rest } = claimed;
    const dropped = event(world, 'LetterDropped', now, { letter, occasion });
    await save(letters, { ...rest, letter, occasion, state: 'dropped' }, [dropped]);
    return undefined;
  }
  // An attempt that was begun and never ended may have arrived: it is repeated under the same Message-ID, and says so.
  const began = await save(letters, {
    ...claimed,
    state: 'sending',
    attempts: claimed.attempts + 1,
    outcomeUnknown: claimed.outcomeUnknown || claimed.state === 'sending',
  });
  const { lease: _, ...letter } = began;

  try {
    await world.mailer.send({ ...letter, text: await withRealLink(world, letter), from: world.mailFrom });
  } catch (error) {
    const { permanent, outcomeUnknown, code } = error as {
      permanent?: boolean;
      outcomeUnknown?: boolean;
      code?: string;
    };
    const over = permanent === true || letter.attempts >= MAX_ATTEMPTS;
    const pause = Math.min(60_000 * 2 ** (letter.attempts - 1), LONGEST_PAUSE_MS);
    await save(
      letters,
      {
        ...letter,
        state: over ? 'failed' : 'queued',
        nextAttemptAt: new Date(now.getTime() + pause),
        outcomeUnknown: letter.outcomeUnknown || outcomeUnknown === true,
        lastError: String(code ?? 'MAIL_FAILED'),
      },
      over ? [event(world, 'LetterFailed', now, { letter: letter.letter, occasion: letter.occasion })] : [],
    );
    if (over) {
      await raiseFinding(
        world,
        {
          code: 'LETTER_FAILED',
          about: letter._id,
          severity: 'error',
          text: `A letter (${letter.letter}) could not be delivered: an answer that did not arrive was not given.`,
          place: letter.ticket ?? letter._id,
        },
        now,
      );
    }
    return 'failed';
  }

  await save(letters, { ...letter, state: 'sent', sentAt: now }, [
    event(world, 'LetterSent', now, { letter: letter.letter, occasion: letter.occasion, messageId: letter.messageId }),
  ]);
  return 'sent';
}
