import { describe, expect, test } from '@jest/globals';
import { openConsole } from './visitor.ts';

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const open = async (path: string, who: string = 'ada@example.test') => {
  const { text } = await (await openConsole().signedIn(who)).get(path);
  return { html: text, text: plain(text.slice(text.indexOf('<main'), text.indexOf('</main>'))) };
};

describe('a ticket', () => {
  test('tells the whole conversation, and how each letter fared', async () => {
    const { text } = await open('/tickets/t-proposed');
    const told = [
      'Mira Sandoval wrote',
      'Kept sent',
      'Sent',
      'Ben Okoye noted, for staff only',
      'Sent again, first outcome unknown',
      'Failed at attempt 8',
      '550 mailbox unavailable',
    ];
    let at = 0;
    for (const part of told) {
      expect(text.slice(at)).toContain(part);
      at = text.indexOf(part, at);
    }
  });

  test('folds a letter that the engine wrote after its opening, and never the words of a person', async () => {
    const { signedIn } = openConsole();
    const visitor = await signedIn('ben@example.test');
    await visitor.send('/tickets/t-inquiry/reply', { text: 'a long line\n'.repeat(40) });
    expect((await visitor.get('/tickets/t-inquiry')).text).not.toContain('The rest of the letter');

    const { html, text } = await open('/tickets/t-proposed');
    expect(html.match(/The rest of the letter/g)).toHaveLength(1);
    expect(text).toMatch(
      /we have received your request\. Please open this link and confirm: The rest of the letter \(link\) It works once/,
    );
  });

  test('warns to say nothing of an account as long as nobody is verified', async () => {
    expect((await open('/tickets/t-inquiry')).text).toContain('say nothing of what an account holds');
    expect((await open('/tickets/t-proposed')).text).not.toContain('say nothing of what an account holds');
  });

  test('a closed one takes no reply, but can be opened again', async () => {
    const { html, text } = await open('/tickets/t-done');
    expect(html).not.toContain('/tickets/t-done/reply');
    expect(text).toContain('Open again');
  });

  test('is taken and given back', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn('ben@example.test');
    await ben.send('/tickets/t-received/assign', { to: 'me' });
    expect(plain((await ben.get('/tickets/t-received')).text)).toContain('Release');
    await ben.send('/tickets/t-received/assign', { to: 'nobody' });
    expect(calls).toEqual([
      ['tickets.assign', 't-received', 'staff-ben', 'staff-ben'],
      ['tickets.assign', 't-received', 'staff-ben', null],
    ]);
  });

  test('reading a raw mail needs a reason, which stays in the conversation', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn('ben@example.test');
    const answer = await ben.send('/tickets/t-proposed/mails/mail-1/raw', { reason: 'To check the headers' });
    expect(String(answer.body)).toContain('Subject: raw mail-1');
    expect(calls).toEqual([
      ['mail.raw', 'mail-1', 'staff-ben', 'To check the headers'],
      ['tickets.note', 't-proposed', 'staff-ben', 'Downloaded the raw mail: To check the headers'],
    ]);
  });
});

describe('a rights request', () => {
  test('shows its road: what is done, by whom, what is next and what lies ahead', async () => {
    const { html } = await open('/requests/r-proposed');
    const steps = [...html.matchAll(/step step-(\w+)"[^>]*>[\s\S]*?<strong>(\w+)<\/strong>/g)].map(
      ([, state, label]) => `${label} ${state}`,
    );
    expect(steps).toEqual([
      'Received done',
      'Identity done',
      'Preview done',
      'Proposal done',
      'Approval current',
      'Run ahead',
      'Reply ahead',
    ]);
    expect(plain(html)).toContain('By Ben Okoye');
    expect(html.match(/aria-current="step"/g)).toHaveLength(1);
  });

  test.each([
    ['r-received', ['Received done', 'Identity current', 'Preview ahead']],
    ['r-previewed', ['Preview done', 'Proposal current', 'Approval ahead']],
    ['r-running', ['Approval done', 'Run current', 'Reply ahead']],
    ['r-done', ['Run done', 'Reply done']],
    ['r-refused', ['Identity stopped', 'Run stopped', 'Reply current']],
    ['r-access', ['Identity done', 'Answer current', 'Reply ahead']],
  ])('%s stands where it stands', async (id, expected) => {
    const { html } = await open(`/requests/${id}`);
    const steps = [...html.matchAll(/step step-(\w+)"[^>]*>[\s\S]*?<strong>(\w+)<\/strong>/g)].map(
      ([, state, label]) => `${label} ${state}`,
    );
    expect(steps).toEqual(expect.arrayContaining(expected));
  });

  test('shows every reading of its clock, and which one reminders go by', async () => {
    const { html, text } = await open('/requests/r-proposed');
    expect(text).toMatch(
      /Statutory term.*Statutory due date.*Strictest reading.*Promised By the published notice Reminders go by this 17 Dec/,
    );
    expect(html.match(/Reminders go by this/g)).toHaveLength(1);
    expect(text).toContain('eu-gdpr.respond Art. 12(3) GDPR');
  });

  test('shows a preview with action, counts, ground, end and clause, its age and its hash', async () => {
    const { text } = await open('/requests/r-previewed');
    expect(text).toMatch(
      /generations generation.prompt, generation.output Erase 1,204 2,411 sdance-ai.retention.videos-30-days/,
    );
    expect(text).toMatch(
      /payments payment.record Detach 7 0 Tax law .* Art. 17\(3\)\(b\) GDPR, until 1 Jan 2035 sdance-ai.retention.payments/,
    );
    expect(text).toMatch(/2 days ago · a{12} /);
    expect(text).toContain('This preview is a day or more old.');
    expect((await open('/requests/r-proposed')).text).not.toContain('a day or more old');
  });

  test('offers exactly the forms that its state and the reader allow', async () => {
    const forms = async (id: string, who: string) =>
      [...(await open(`/requests/${id}`, who)).html.matchAll(/action="\/console\/requests\/[^/]+\/(\w+)"/g)]
        .map(([, form]) => form)
        .toSorted();
    const [lead, agent] = ['ada@example.test', 'ben@example.test'];
    expect(await forms('r-received', lead)).toEqual(['challenge', 'extend', 'refuse', 'residence', 'withdraw']);
    expect(await forms('r-received', agent)).toEqual(['challenge', 'residence', 'withdraw']);
    expect(await forms('r-previewed', agent)).toEqual(['preview', 'propose', 'residence', 'withdraw']);
    expect(await forms('r-proposed', agent)).toEqual(['preview', 'residence', 'withdraw']);
    expect(await forms('r-proposed', lead)).toEqual([
      'approve',
      'extend',
      'preview',
      'refuse',
      'residence',
      'withdraw',
    ]);
    expect(await forms('r-running', lead)).toEqual(['extend', 'residence']);
    expect(await forms('r-access', agent)).toEqual(['answer', 'residence', 'withdraw']);
    expect(await forms('r-done', lead)).toEqual([]);
    expect(await forms('r-refused', lead)).toEqual([]);
  });

  test('an extension and a refusal carry their reason, and are said to the engine once', async () => {
    const { signedIn, calls } = openConsole();
    const ada = await signedIn('ada@example.test');
    await ada.send('/requests/r-received/extend', { reason: 'Three accounts to join' });
    await ada.send('/requests/r-received/refuse', { ground: 'unfounded-or-excessive', reason: 'Answered last week' });
    const again = await ada.send('/requests/r-received/extend', { reason: 'Once more' });

    expect(calls.slice(0, 2)).toEqual([
      ['requests.extend', 'r-received', 'staff-ada', 'Three accounts to join'],
      [
        'requests.refuse',
        'r-received',
        'staff-ada',
        { ground: 'unfounded-or-excessive', reason: 'Answered last week' },
      ],
    ]);
    expect(again.status).toBe(409);
    expect(plain((await ada.get('/requests/r-received')).text)).toContain('Ada Lind refused under Art. 12(5) GDPR.');
  });

  test('an erasure that goes on after a hold says so, and keeps the receipt of what was done before', async () => {
    const visitor = await openConsole().signedIn('ben@example.test');
    const { text } = await visitor.get('/requests/r-resumed');
    expect(text).toContain('The hold that stopped this erasure was lifted; this is about what it kept.');
    expect(text).toContain('Propose this preview');
    expect(text.match(/\/requests\/r-resumed\/receipt\?round&#x3D;\d/g)).toEqual([
      '/requests/r-resumed/receipt?round&#x3D;1',
    ]);
    expect((await visitor.get('/requests/r-resumed/receipt?round=1')).text).toContain('receipt-r-resumed.json');
    expect((await visitor.get('/requests/r-resumed/receipt?round=2')).status).toBe(404);
    expect((await visitor.get('/requests/r-previewed')).text).not.toContain('The hold that stopped');
  });

  test('the receipt is downloaded byte by byte as it was signed, and the page says how to verify it', async () => {
    const visitor = await openConsole().signedIn('ben@example.test');
    const file = await visitor.get('/requests/r-done/receipt.json');
    expect(file.text).toBe(
      '{"document":{"format":"kept-receipt/1","request":{"id":"r-done"}},"signature":{"algorithm":"Ed25519","keyId":"key-1","value":"c2ln"}}',
    );
    expect(file.headers['content-disposition']).toBe('attachment; filename=receipt-r-done.json');
    expect((await visitor.get('/requests/r-done/receipt')).text).toContain(
      'npx kept verify receipt-r-done.json --keys signing.public.json',
    );
    expect((await visitor.get('/requests/r-proposed/receipt')).status).toBe(404);
  });

  test('shows in whose words it was recognised, and leads to the whole conversation', async () => {
    const { html, text } = await open('/requests/r-proposed');
    expect(text).toContain('In their words delete everything you have about me');
    expect(html).toContain('href="/console/tickets/t-proposed">The whole conversation</a>');
  });

  test('once it has run, the plan tells what was done, how much of it, and asks for no new count', async () => {
    const { text } = await open('/requests/r-done');
    expect(text).toMatch(
      /What was done .* users .* Erased 1 1 .* generations .* Erased 1,200 of 1,204 .* payments .* Detached 7/,
    );
    expect(text).not.toContain('a day or more old');
  });

  test('the evidence of the case stands on its page', async () => {
    expect((await open('/requests/r-proposed')).text).toMatch(/1,200 .* Rights request received 0f3b9c1d7e5a/);
  });

  test('only what runs is refreshed by itself', async () => {
    expect((await open('/requests/r-running')).html).toContain('hx-trigger="every 5s"');
    expect((await open('/requests/r-proposed')).html).not.toContain('hx-trigger');
  });
});
