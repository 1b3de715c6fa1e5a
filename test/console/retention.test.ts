import { describe, expect, test } from '@jest/globals';
import { presentRetention } from '../../packages/console/src/presenters/retention.ts';
import { presentTerm } from '../../packages/console/src/presenters/term.ts';
import { aRun, rules } from './correspondence.ts';
import { openConsole } from './visitor.ts';

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const [videos, , payments] = rules;

test('a sweep that took fields out of records is not said to have erased them', () => {
  const count = { collection: 'apiLogs', due: 12, erased: 0, redacted: 12, files: 0, held: 1 };
  const desk = { when: String, nameOf: String } as unknown as Parameters<typeof presentRetention>[4];
  const { sweeps } = presentRetention([], [aRun(1, 'log-details', { collections: [count] })], 1, undefined, desk);
  expect(sweeps[0]?.counts).toEqual(['apiLogs: fields of 12 records; 1 held']);
});

describe('the page of retention', () => {
  test('has one row a rule: how long, by whose word, in which mode, when it was swept last and what went', async () => {
    const ben = await openConsole().signedIn('ben@example.test');
    const { text } = await ben.get('/retention');
    expect(text.match(/<th scope="row">(?:generated-videos|api-logs|payments)<span/g)).toHaveLength(3);
    expect(plain(text)).toMatch(
      /generated-videos generation sdance-ai\.retention\.videos-30-days 30 days after generation, unless saved, .* By the notice Enforce today, 11:00 42 records, 61 files 19 Nov, 06:00/,
    );
    expect(plain(text)).toMatch(/payments .* By statute: §147 AO Observe Only counts Nothing yet/);
    expect(plain(text)).toMatch(/api-logs .* Stopped 19 Nov, 12:00/);
  });

  test('counts what is due without changing anything, and says so', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn('ben@example.test');
    expect(plain((await ben.get('/retention')).text)).not.toContain('Due now');
    const counted = plain((await ben.send('/retention/count')).text);
    expect(counted).toMatch(/Counted just now\. Nothing was changed\..*Due now .* Enforce 42 3 held today, 11:00/);
    expect(calls).toEqual([['retention.sweep', { dryRun: true }]]);
  });

  test('lists only sweeps that erased something or stopped, newest first, a page at a time', async () => {
    const ben = await openConsole().signedIn('ben@example.test');
    const rows = (html: string) => (html.slice(html.indexOf('sweeps-title')).match(/<tr><td>/g) ?? []).length;
    const first = (await ben.get('/retention')).text;
    expect(rows(first)).toBe(20);
    expect(plain(first)).toMatch(/19 Nov, 12:00 api-logs .*Stopped: It would touch more than half/);
    expect(plain(first)).toContain('generations: 42 records, 61 files; 3 held');
    expect(first).toContain('href="/console/retention?page&#x3D;2"');

    const second = (await ben.get('/retention?page=2')).text;
    expect(rows(second)).toBe(3);
    expect(plain(second)).toMatch(/Newer/);
    expect(plain(second)).not.toMatch(/Older/);
  });
});

describe('a sweep that stopped', () => {
  const allow = '/retention/generated-videos/allow';
  const fields = { reason: 'I looked at ten of them.', collection: 'generations', due: '1900' };

  test('is shown with what would go, who has signed and who is needed', async () => {
    const text = plain((await (await openConsole().signedIn('ben@example.test')).get('/retention')).text);
    expect(text).toMatch(/api-logs 1,900 records of 2,000 in generations would go, counted today, 10:00/);
    expect(text).toContain('Two people must sign, one of them a privacy lead.');
    expect(text).toMatch(/Cleo Marsh signed today, 11:00 : An import\. A second person must sign\./);
  });

  test('is signed by a second person, for exactly the counts on the page', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn('ben@example.test');
    expect((await ben.get('/retention')).text).toContain('name="due" value="1900"');
    expect((await ben.send(allow, fields)).status).toBe(303);
    expect(calls).toEqual([
      ['retention.allow', 'generated-videos', 'staff-ben', fields.reason, { collection: 'generations', due: 1900 }],
    ]);
    const text = plain((await ben.get('/retention')).text);
    expect(text).toContain('Enough have signed: the next sweep goes through, once.');
    expect((await ben.send(allow, { ...fields, due: '1899' })).status).toBe(403);
    expect((await ben.send('/retention/api-logs/allow', { ...fields, due: '1899' })).status).toBe(409);
  });

  test('signed by an agent alone still says that a privacy lead is missing', async () => {
    const { signedIn } = openConsole();
    await (await signedIn('ben@example.test')).send('/retention/api-logs/allow', fields);
    const text = plain((await (await signedIn('ada@example.test')).get('/retention')).text);
    expect(text).toMatch(
      /Ben Okoye signed today, 12:00 : I looked at ten of them\. A privacy lead must sign as well\./,
    );
  });

  test('shows no form to who has signed, and takes none from them', async () => {
    const { signedIn, calls } = openConsole();
    const cleo = await signedIn('cleo@example.test');
    const { text } = await cleo.get('/retention');
    expect([text.includes(allow), text.includes('/retention/api-logs/allow')]).toEqual([false, true]);
    expect(text).toContain('You have signed for this.');
    expect((await cleo.send(allow, fields)).status).toBe(403);
    expect(calls).toEqual([]);
  });

  test('is signed by no form without a reason, and by none that another site wrote', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn('ben@example.test');
    expect((await ben.send(allow, { ...fields, reason: ' ' })).status).toBe(422);
    expect((await ben.sendRaw(allow, fields)).status).toBe(403);
    expect((await ben.sendRaw(allow, { ...fields, _csrf: 'guessed' })).status).toBe(403);
    expect(calls).toEqual([]);
  });
});

describe('a term in words', () => {
  const plainly = { unless: undefined, grace: undefined };

  test.each([
    ['30 days after generation, unless saved, and not before 7 days after un-saving', videos],
    ['At least 8 years from the end of the year of payment', payments],
    ['At least 8 years from the end of the year in which the case was closed', { ...payments, since: 'caseClosed' }],
    ['1 year 6 months after generation', { ...videos, ...plainly, keep: { atMost: 'P1Y6M', from: 'operator' } }],
    [
      '30 days after storing, 1 year on plan pro, 14 days more after a change to less',
      {
        ...videos,
        ...plainly,
        since: 'stored',
        tiers: {
          of: 'plan',
          atMost: { pro: 'P1Y' },
          from: 'operator',
          grace: { since: 'downgraded', keep: 'P14D', from: 'operator' },
        },
      },
    ],
    [
      '1 day after delivery, without that 7 days after generation',
      {
        ...videos,
        ...plainly,
        keep: { atMost: 'P1D', from: 'operator' },
        since: 'delivered',
        otherwise: { since: 'generated', keep: 'P7D', from: 'operator' },
      },
    ],
    // biome-ignore lint/suspicious/noThenProperty: the word of the policy file; never awaited.
    ['30 days after generation, then taken out of the record', { ...videos, ...plainly, then: 'redact' }],
    ['30 days after “first shown”', { ...videos, ...plainly, since: 'firstShown' }],
  ])('%s', (words, rule) => {
    expect(presentTerm(rule as NonNullable<typeof videos>)).toBe(words);
  });
});
