import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { aPerson } from '../support/people.ts';
import { type Scene, START, scene } from '../support/scene.ts';
import { again, confirmed, DELETE, mail, twoStaff } from './case.ts';

let the: Scene;
let kept: Kept;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  await twoStaff(kept);
  await aPerson(the, 'ann@example.org', { videos: 1 });
  await mail(kept, 'ann@example.org', DELETE);
  await confirmed(the, kept, 'ann@example.org');
  await mail(kept, 'bo@example.org', 'How do I download a video?');
  await kept.outbox.deliver();
});
afterAll(() => the.close());

/** Who got what about which date in one round, and again in a second round of the same day. */
async function day(date: string): Promise<string[]> {
  the.clock.set(new Date(`${date}T08:00:00Z`));
  const before = the.mailer.sent.length;
  for (const _ of [1, 2]) {
    await kept.reminders.send();
    await kept.outbox.deliver();
  }
  return the.mailer.sent
    .slice(before)
    .map((letter) => `${letter.to.split('@')[0]}: ${letter.subjectLine.replace(/K-[0-9A-F]+/, 'K')}`)
    .sort();
}
const twice = (line: string): string[] => [line, line];

describe('the last day', () => {
  test('sdance-ai.contact.thirty-days: the clock starts at receipt, for a request and for an inquiry alike', async () => {
    expect(START.toISOString().slice(0, 10)).toBe('2026-03-03');
    const [request] = (await kept.requests.list()).items;
    const [inquiry] = (await kept.tickets.queue({ kind: 'inquiry' })).items;
    expect([request?.dueOn, inquiry?.dueOn]).toEqual(['2026-04-02', '2026-04-02']);
  });

  test('sdance-ai.contact.thirty-days: staff are reminded 7, 3 and 1 days before, each once, of requests and of inquiries', async () => {
    expect(await day('2026-03-25')).toEqual([]);
    const seven = await day('2026-03-26');
    expect(seven).toHaveLength(4);
    expect(await day('2026-03-27')).toEqual([]);
    expect(await day('2026-03-30')).toHaveLength(4);
    expect(await day('2026-03-31')).toEqual([]);
    expect(await day('2026-04-01')).toHaveLength(4);
    expect(await day('2026-04-02')).toEqual([]);
    expect(seven.filter((line) => line.startsWith('ada:'))).toHaveLength(2);
  });

  test('sdance-ai.contact.thirty-days: what is overdue goes to the leads and is counted as a finding, once', async () => {
    const lines = await day('2026-04-03');
    expect(lines).toEqual(twice(lines[0] ?? ''));
    expect(lines[0]).toMatch(/^lin: /);
    expect(await day('2026-04-04')).toEqual([]);
    const missed = (await kept.findings.open()).filter((each) => each.code === 'DEADLINE_MISSED');
    expect(missed).toHaveLength(2);
    expect(JSON.stringify(missed)).not.toContain('example.org');
    await kept.evidence.sequence();
    const [request] = (await kept.requests.list()).items;
    const types = (await kept.evidence.entries({ kind: 'requests', id: request?._id ?? '' })).map((each) => each.type);
    expect(types.slice(-4)).toEqual(['DeadlineReminded', 'DeadlineReminded', 'DeadlineReminded', 'DeadlineMissed']);
  });

  test('letters to staff hold nothing of the person', () => {
    const letters = the.mailer.sent.filter((letter) => letter.to.endsWith('@kept.test'));
    expect(letters.length).toBeGreaterThan(10);
    for (const letter of letters) expect(letter.text + letter.subjectLine).not.toMatch(/example\.org|Mara/);
  });

  test('a service that stood still for a week sends the one reminder that counts now', async () => {
    await mail(kept, 'cy@example.org', 'Where is my invoice?');
    await kept.outbox.deliver();
    const [late] = (await kept.tickets.queue({ search: 'cy@example.org' })).items;
    expect(late?.dueOn).toBe('2026-05-04');
    expect(await day('2026-05-02')).toHaveLength(2);
    expect(await day('2026-05-03')).toHaveLength(2);
  });

  test('what is answered is not reminded of; what the person answers back is', async () => {
    await mail(kept, 'di@example.org', 'Where is my invoice?');
    await kept.outbox.deliver();
    const [asked] = (await kept.tickets.queue({ search: 'di@example.org' })).items;
    await kept.tickets.reply(asked?._id ?? '', 'ada', 'In your account.');
    await kept.outbox.deliver();
    const before = the.mailer.sent.findLast((letter) => letter.to === 'di@example.org')?.messageId ?? '';
    // The case before this one is overdue by now: its line comes first.
    await day('2026-05-30');
    expect(await day('2026-05-31')).toEqual([]);
    await mail(kept, 'di@example.org', 'It is not there.', { 'In-Reply-To': before });
    await kept.outbox.deliver();
    const [back] = (await kept.tickets.queue({ search: 'di@example.org' })).items;
    expect(back).toMatchObject({ status: 'open', dueOn: '2026-06-30' });
    expect(await day('2026-06-23')).toHaveLength(2);
  });

  test('a case that is decided and whose answer has not gone out is not forgotten', async () => {
    const [request] = (await kept.requests.list({ status: 'open' })).items;
    const id = request?._id ?? '';
    await kept.requests.refuse(id, (await twoStaff(kept)).lead, {
      article: 'Article 12(5) GDPR',
      reason: 'The tenth this week.',
    });
    await the.db
      .collection<{ _id: string }>('kept_tickets')
      .updateOne({ _id: request?.ticket ?? '' }, { $set: { reminded: [] } });
    expect((await again(kept, id)).status).toBe('refused');
    expect((await day('2026-06-24')).filter((line) => line.startsWith('lin:'))).not.toHaveLength(0);
    await kept.requests.advance();
    await the.db
      .collection<{ _id: string }>('kept_tickets')
      .updateOne({ _id: request?.ticket ?? '' }, { $set: { reminded: [] } });
    expect((await day('2026-06-25')).filter((line) => line.startsWith('lin:'))).toHaveLength(0);
  });
});
