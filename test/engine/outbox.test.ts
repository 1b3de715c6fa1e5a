import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept, OutboxLetter } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';
import { mail } from './case.ts';

let the: Scene;
let kept: Kept;
let asked = 0;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
});
beforeEach(() => the.mailer.failWith(undefined));
afterAll(() => the.close());

/** A letter in the outbox, to an address of its own. */
async function letter(): Promise<OutboxLetter> {
  asked += 1;
  const to = `o${asked}@example.org`;
  await mail(kept, to, 'How do I download a video?');
  return stored(to);
}
async function stored(to: string): Promise<OutboxLetter> {
  const found = (await kept.outbox.list()).find((each) => each.to === to);
  if (!found) throw new Error(`No letter to ${to}`);
  return found;
}
const copies = (messageId: string): number => the.mailer.sent.filter((each) => each.messageId === messageId).length;
const failure = (more: object = {}): Error => Object.assign(new Error('no'), { code: 'ECONNREFUSED', ...more });

describe('a letter', () => {
  test('has its Message-ID before the first attempt and never another', async () => {
    const { messageId, to } = await letter();
    expect(messageId).toMatch(/^<[0-9a-f]{32}@sdanceai\.com>$/);
    the.mailer.failWith(failure());
    await kept.outbox.deliver();
    the.mailer.failWith(undefined);
    the.clock.forward({ minutes: 1 });
    await kept.outbox.deliver();
    expect(await stored(to)).toMatchObject({ messageId, state: 'sent', attempts: 2, outcomeUnknown: false });
    expect(copies(messageId)).toBe(1);
  });

  test('is tried again with longer and longer pauses, and in the end is a finding, not a silence', async () => {
    const { _id, to } = await letter();
    the.mailer.failWith(failure());
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await kept.outbox.deliver();
      await kept.outbox.deliver();
      const now = await stored(to);
      expect(now.attempts).toBe(attempt);
      pauses.push((now.nextAttemptAt.getTime() - the.clock.now().getTime()) / 60_000);
      the.clock.set(now.nextAttemptAt);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360]);
    expect(await stored(to)).toMatchObject({ state: 'failed', lastError: 'ECONNREFUSED' });
    const finding = (await kept.findings.open()).find((each) => each.code === 'LETTER_FAILED');
    expect(finding?.text).not.toContain(to);

    the.mailer.failWith(undefined);
    await kept.outbox.retry(_id, 'ada');
    expect(await kept.outbox.deliver()).toMatchObject({ sent: 1 });
    expect(await stored(to)).toMatchObject({ state: 'sent' });
  });

  test('that can never arrive is not tried again', async () => {
    const { to } = await letter();
    the.mailer.failWith(failure({ permanent: true, code: 'EENVELOPE' }));
    expect(await kept.outbox.deliver()).toEqual({ sent: 0, failed: 1 });
    expect(await stored(to)).toMatchObject({ state: 'failed', attempts: 1, lastError: 'EENVELOPE' });
    the.mailer.failWith(undefined);
    the.clock.forward({ days: 2 });
    expect(await kept.outbox.deliver()).toEqual({ sent: 0, failed: 0 });
  });

  test('whose outcome is unknown is sent again under the same Message-ID, and says so', async () => {
    const { messageId, to } = await letter();
    the.mailer.failWith(failure({ outcomeUnknown: true, code: 'ETIMEDOUT' }));
    await kept.outbox.deliver();
    the.mailer.failWith(undefined);
    the.clock.forward({ minutes: 1 });
    await kept.outbox.deliver();
    expect(await stored(to)).toMatchObject({ state: 'sent', outcomeUnknown: true, messageId });
  });

  test('that was sent by a process which died before saying so is sent again under the same Message-ID, and says so', async () => {
    const { messageId, to } = await letter();
    const dying = await the.restart({
      mail: {
        async send(each) {
          await the.mailer.send(each);
          // Nothing after this reaches the database: the letter stands as being sent, under a lease.
          await new Promise(() => {});
          return { accepted: true, response: '' };
        },
      },
    });
    void dying.outbox.deliver();
    while (copies(messageId) === 0) await new Promise(setImmediate);
    expect(await kept.outbox.deliver()).toEqual({ sent: 0, failed: 0 });
    the.clock.forward({ minutes: 5 });
    expect(await kept.outbox.deliver()).toEqual({ sent: 1, failed: 0 });
    expect(copies(messageId)).toBe(2);
    expect(await stored(to)).toMatchObject({ state: 'sent', outcomeUnknown: true });
  });

  test('is taken by one of several workers', async () => {
    const letters = [await letter(), await letter(), await letter()];
    const others = await Promise.all([the.restart(), the.restart()]);
    const ends = await Promise.all([kept, ...others].map((each) => each.outbox.deliver()));
    expect(ends.reduce((sum, end) => sum + end.sent, 0)).toBe(3);
    for (const { messageId } of letters) expect(copies(messageId)).toBe(1);
  });

  test('that one worker lost to another stops neither', async () => {
    const slow = await letter();
    let delivered = false;
    const first = await the.restart({
      mail: {
        async send(each) {
          // Slower than the lease: another worker takes the letter meanwhile, and tells how it ended.
          if (!delivered) {
            delivered = true;
            the.clock.forward({ minutes: 6 });
            await kept.outbox.deliver();
          }
          return the.mailer.send(each);
        },
      },
    });
    const other = await letter();
    await first.outbox.deliver();
    expect([(await stored(slow.to)).state, (await stored(other.to)).state]).toEqual(['sent', 'sent']);
  });
});
