import { expect, test } from '@jest/globals';
import { presentQueue } from '../../packages/console/src/presenters/queue.ts';
import * as scene from './scene.ts';
import { openConsole } from './visitor.ts';

test('a report of which nobody knows the account waits for staff, and asks its holder nothing', async () => {
  const { signedIn, calls } = openConsole();
  const ben = await signedIn('ben@example.test');
  const { text } = await ben.get('/requests/r-report');
  expect(text).toContain('Say whose account is meant');
  expect(text).not.toContain('/requests/r-report/challenge');
  expect((await ben.send('/requests/r-report/concerns', { subject: ' ' })).status).toBe(422);
  expect((await ben.send('/requests/r-report/concerns', { subject: 'u-17' })).status).toBe(303);
  expect(calls).toEqual([['children.concerns', 'r-report', 'staff-ben', 'u-17']]);
});

test('a ticket that goes before others says so in the queue', () => {
  const [ticket] = scene.tickets;
  if (!ticket) throw new Error('no ticket');
  const filter = { status: 'open', kind: undefined, search: '', whose: undefined, page: 1 } as const;
  const counts = { open: 1, closed: 0, unreadable: 0, findings: 0 };
  const desk = { now: scene.NOW, today: '2026-11-20', when: String, day: String, nameOf: String } as never;
  const shown = (priority?: 'child-report'): string | undefined =>
    presentQueue(
      { items: [{ ...ticket, requests: [], ...(priority && { priority }) }], total: 1 },
      new Map(),
      filter,
      counts,
      desk,
    ).rows[0]?.priority?.text;
  expect([shown('child-report'), shown()]).toEqual(['Report of a child', undefined]);
});
