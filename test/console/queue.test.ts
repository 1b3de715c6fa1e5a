import { describe, expect, jest, test } from '@jest/globals';
import { requestsOf } from '../../packages/console/src/handlers/queue.ts';
import { openDesk } from '../../packages/console/src/presenters/desk.ts';
import { presentDue } from '../../packages/console/src/presenters/due.ts';
import { fakeKept } from './fakeKept.ts';
import { ada, NOW } from './scene.ts';
import { openConsole } from './visitor.ts';

const desk = await openDesk({ kept: fakeKept().kept, now: NOW, staff: ada });
const due = (dueOn: string, closedAt?: string) =>
  presentDue(dueOn, closedAt ? new Date(closedAt) : undefined, 'eu-gdpr', desk);

describe('what is to be done', () => {
  test.each([
    ['t-correct', 'To be weighed'],
    ['t-access', 'To be answered'],
    ['t-received', 'Waiting for identity'],
  ])('%s says %s', async (ticket, said) => {
    const { text } = await (await openConsole().signedIn('ada@example.test')).get(`/tickets/${ticket}`);
    expect(text).toContain(`<span>${said}</span>`);
  });
});

describe('a due date as a chip', () => {
  test.each([
    ['2026-11-28', 'calm', 'Due 28 Nov · in 8 days · GDPR', 'Due on Saturday, 28 November 2026'],
    ['2027-02-28', 'calm', 'Due 28 Feb 2027 · in 100 days · GDPR', 'Due on Sunday, 28 February 2027'],
    ['2026-11-23', 'soon', 'Due 23 Nov · in 3 days · GDPR', 'Due on Monday, 23 November 2026'],
    ['2026-11-21', 'soon', 'Due 21 Nov · tomorrow · GDPR', 'Due on Saturday, 21 November 2026'],
    ['2026-11-20', 'soon', 'Due 20 Nov · today · GDPR', 'Due on Friday, 20 November 2026'],
    ['2026-11-19', 'overdue', 'Overdue 1 day · 19 Nov · GDPR', 'Was due on Thursday, 19 November 2026'],
  ])('%s is %s: %s', (dueOn, tone, text, title) => {
    expect(due(dueOn)).toMatchObject({ tone, text, title, datetime: dueOn });
  });

  test('days are counted in the zone of the controller, not in UTC', async () => {
    const lateInBerlin = await openDesk({ kept: fakeKept().kept, now: new Date('2026-11-20T23:30:00Z'), staff: ada });
    expect(presentDue('2026-11-21', undefined, undefined, lateInBerlin).text).toBe('Due 21 Nov · today');
  });

  test('what is closed says whether it was in time', () => {
    expect(due('2026-11-18', '2026-11-18T22:30:00Z')).toMatchObject({
      tone: 'met',
      text: 'Closed 18 Nov · in time · GDPR',
    });
    expect(due('2026-11-18', '2026-11-18T23:30:00Z')).toMatchObject({
      tone: 'overdue',
      text: 'Closed 19 Nov · 1 day late · GDPR',
    });
  });

  test('a chip never speaks by colour alone', () => {
    for (const day of ['2026-11-01', '2026-11-21', '2027-01-01'])
      expect(due(day)).toMatchObject({ icon: expect.stringMatching(/\w/), text: expect.stringMatching(/\w/) });
  });
});

describe('the queue', () => {
  const open = async (path: string) => (await (await openConsole().signedIn('ben@example.test')).get(path)).text;
  const order = (html: string) => [...html.matchAll(/id="row-([^"]+)"/g)].map(([, id]) => id);

  test('shows the most urgent first, each with its rights requests and where they stand', async () => {
    const html = await open('/');
    expect(order(html).slice(0, 3)).toEqual(['t-access', 't-hostile', 't-received']);
    expect(html).toContain('Waiting for approval');
    expect(html).toMatch(/Open <span class="count">8<\/span>/);
    expect(html).not.toContain('t-elsewhere');
  });

  test('says that mails could not be read and findings are open', async () => {
    const html = await open('/');
    expect(html).toContain('1 mail could not be read');
    expect(html).toContain('2 open findings');
  });

  test('its filters stand in the address, and stay when another is chosen', async () => {
    expect(order(await open('/?kind=inquiry'))).toEqual(['t-hostile', 't-inquiry']);
    expect(order(await open('/?status=closed'))).toEqual(['t-done', 't-refused']);
    expect(order(await open('/?search=sam@example.test'))).toEqual(['t-inquiry']);
    const html = await open('/?kind=inquiry&search=sam@example.test');
    expect(html).toContain(
      'href="/console/?status&#x3D;closed&amp;kind&#x3D;inquiry&amp;search&#x3D;sam%40example.test"',
    );
    expect(html).toContain('name="kind" value="inquiry"');
  });

  test('nonsense in the address is passed over', async () => {
    expect(order(await open('/?status=x&kind=y&page=-3&page=4'))).toHaveLength(8);
  });

  test('an empty one names the filter and the way out', async () => {
    const html = await open('/?kind=inquiry&search=zzz');
    expect(html).toContain('No open tickets of kind “Inquiry”, matching “zzz”');
    expect(html).toContain('Take the filter away');
  });

  test('refreshes itself into the same place', async () => {
    expect(await open('/?kind=rights')).toContain(
      'hx-get="/console/?kind&#x3D;rights" hx-trigger="every 30s" hx-select="#queue"',
    );
  });

  test('shows what is mine, and what nobody has', async () => {
    const ben = await openConsole().signedIn('ben@example.test');
    const rows = async (at: string) =>
      [...(await ben.get(at)).text.matchAll(/id="row-([\w-]+)"/g)].map(([, id]) => id ?? '');
    const [all, mine, nobody] = [await rows('/'), await rows('/?whose=mine'), await rows('/?whose=nobody')];
    expect(mine).toEqual(['t-access']);
    expect(nobody).toContain('t-proposed');
    expect(nobody).not.toContain('t-access');
    expect(nobody).not.toContain('t-inquiry');
    expect(all).toHaveLength(mine.length + nobody.length + 1);
    expect((await ben.get('/?whose=mine&search=K-NOSUCH')).text).toContain('that are yours');
  });

  test('asks for the requests of a page in one question', async () => {
    const { kept } = fakeKept();
    const list = jest.fn(kept.requests.list);
    const get = jest.fn(kept.requests.get);
    const { items } = await kept.tickets.queue({ limit: 25 });
    const found = await requestsOf({ ...kept, requests: { ...kept.requests, list, get } }, items);
    expect(found.size).toBeGreaterThan(3);
    expect([list.mock.calls.length, get.mock.calls.length]).toEqual([1, 0]);
  });
});
