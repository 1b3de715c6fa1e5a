import { describe, expect, test } from '@jest/globals';
import { openConsole, type Visitor } from './visitor.ts';

const ADA = 'ada@example.test';
const BEN = 'ben@example.test';
const CLEO = 'cleo@example.test';

const plain = (html: string): string => html.replace(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const page = async (visitor: Visitor, id: string): Promise<string> =>
  plain((await visitor.get(`/requests/${id}`)).text);

const correction = { 'field-0': 'users name', 'value-0': 'Mira Sandoval-Ruiz', 'kind-0': 'text', 'was-0': '' };
const balance = {
  'purpose-0': 'service.improvement',
  'outcome-0': 'upheld',
  'interests-0': 'Finding faults',
  'reasons-0': 'Not compelling',
  'article-0': 'Article 21(1) GDPR',
};

describe('a correction', () => {
  test('begins with what the person asked for, and only with fields that can be corrected', async () => {
    const { text } = await (await openConsole().signedIn(BEN)).get('/requests/correct');
    expect(text).toContain('value="Mira Sandoval-Ruiz"');
    expect(text).toContain('<option value="users name" selected>');
    const fields = text.slice(text.indexOf('id="field-0"'), text.indexOf('id="value-0"'));
    expect(fields).not.toContain('passwordHash');
    expect(fields).not.toContain('outputs');
  });

  test('is shown with all its copies before it is taken, and taken exactly as it was shown', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn(BEN);
    const looked = await ben.send('/requests/correct/weigh', correction);
    expect(looked.status).toBe(200);
    expect(plain(looked.text)).toMatch(
      /Mira Sandoval becomes Mira Sandoval-Ruiz .* payments\.billing\.name, 7 records/,
    );
    expect(calls).toEqual([]);

    const confirming = looked.text.slice(
      looked.text.indexOf('class="weighed"'),
      looked.text.indexOf('Correct exactly this'),
    );
    const shown = [...confirming.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name ?? '',
      value ?? '',
    ]);
    await ben.send('/requests/correct/decide', Object.fromEntries(shown.filter(([name]) => name !== '_csrf')));
    expect(calls).toEqual([
      [
        'requests.decide',
        'correct',
        'staff-ben',
        {
          right: 'rectification',
          corrections: [{ collection: 'users', field: 'name', value: 'Mira Sandoval-Ruiz' }],
        },
      ],
    ]);
    expect(await page(ben, 'correct')).toContain('As Ben Okoye decided.');
  });

  test('that is refused gives the form back with what was typed and why', async () => {
    const ben = await openConsole().signedIn(BEN);
    const answer = await ben.send('/requests/correct/weigh', { ...correction, 'value-0': 'refused', statement: '' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('value="refused"');
    expect(answer.text).toContain('it stands there already. Name another value.');
  });

  test('takes numbers as numbers, and a word for yes or no', async () => {
    const { signedIn, calls } = openConsole();
    const fields = { ...correction, 'field-0': 'users credits', 'value-0': '12', 'kind-0': 'number', 'was-0': '7' };
    const ben = await signedIn(BEN);
    await ben.send('/requests/correct/decide', {
      ...fields,
      'field-1': 'users name',
      'value-1': 'yes',
      'kind-1': 'yes-no',
    });
    expect(calls[0]?.[3]).toMatchObject({
      corrections: [
        { field: 'credits', was: 7, value: 12 },
        { field: 'name', value: true },
      ],
    });
    expect((await ben.send('/requests/correct/decide', { ...fields, 'value-0': 'twelve' })).status).toBe(422);
  });

  test('is hidden from whoever does not work on the case, and not decided by them', async () => {
    const { signedIn, calls } = openConsole();
    const visitor = await signedIn(BEN);
    await visitor.send('/tickets/t-correct/assign', { to: 'nobody' });
    const cleo = await signedIn(CLEO);
    await cleo.send('/tickets/t-correct/assign', { to: 'me' });
    calls.splice(0);

    const { text } = await visitor.get('/requests/correct');
    expect(text).toContain('Take the ticket over to read it and decide.');
    expect(text).not.toContain('Sandoval-Ruiz');
    expect((await visitor.send('/requests/correct/weigh', correction)).status).toBe(403);
    expect((await visitor.send('/requests/correct/decide', correction)).status).toBe(403);
    expect(calls).toEqual([]);
  });
});

describe('an objection', () => {
  test('is weighed purpose by purpose, by a privacy lead', async () => {
    const { signedIn, calls } = openConsole();
    const [ada, ben] = [await signedIn(ADA), await signedIn(BEN)];
    expect(await page(ada, 'object')).toMatch(/Weigh it .* Make the service better/);
    expect(await page(ben, 'object')).toContain('Only a privacy lead may do this.');
    expect((await ben.send('/requests/object/decide', balance)).status).toBe(403);

    const unclear = await ada.send('/requests/object/decide', { ...balance, 'outcome-0': '' });
    expect(unclear.status).toBe(422);
    expect(unclear.text).toContain('Finding faults</textarea>');
    await ada.send('/requests/object/decide', balance);
    expect(calls).toEqual([
      [
        'requests.decide',
        'object',
        'staff-ada',
        {
          right: 'objection',
          balances: [
            {
              purpose: 'service.improvement',
              outcome: 'upheld',
              interests: 'Finding faults',
              reasons: 'Not compelling',
              article: 'Article 21(1) GDPR',
            },
          ],
        },
      ],
    ]);
  });

  test('once decided, shows who weighed what and why', async () => {
    const text = await page(await openConsole().signedIn(ADA), 'decided');
    expect(text).toMatch(/Decision By Ada Lind, .* Goes on, Article 21\(1\) GDPR .* No way to find them with less/);
  });
});

describe('a complaint and an appeal', () => {
  test('are decided with a reason, and lead to what they are about', async () => {
    const { signedIn, calls } = openConsole();
    const ada = await signedIn(ADA);
    expect((await ada.get('/requests/complain')).text).toContain('href="/console/requests/r-refused"');
    expect(await page(ada, 'complain')).toContain('It is about: Erasure: refused');
    expect((await ada.send('/requests/complain/decide', { outcome: 'upheld', reason: ' ' })).status).toBe(422);
    await ada.send('/requests/complain/decide', { outcome: 'upheld', reason: 'They are right' });
    const decision = { right: 'complaint', outcome: 'upheld', reason: 'They are right' };
    expect(calls).toEqual([['requests.decide', 'complain', 'staff-ada', decision]]);
  });

  test('an appeal offers its form to nobody who had a part in the answer', async () => {
    const { signedIn } = openConsole();
    expect(await page(await signedIn(ADA), 'appeal')).toContain('You had a part in the answer.');
    const { text } = await (await signedIn(CLEO)).get('/requests/appeal');
    expect(text).toContain('action="/console/requests/appeal/decide"');
  });
});

describe('a report of somebody pictured', () => {
  test('a look is noted for the record’s owner, then the record is taken down or covered', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn(BEN);
    const reason = 'A report of somebody pictured';
    const look = { collection: 'generations', record: 'g-9', purpose: 'legal.obligation', reason };
    await ben.send('/requests/pictured/look', look);
    expect(calls).toEqual([['views.open', { by: 'staff-ben', subject: 'u-40', ...look }]]);

    const part = { 'store-0': 'media', 'file-0': 'a.png', 'x-0': '10', 'y-0': '20', 'width-0': '25', 'height-0': '50' };
    const article = 'Article 17(1)(d) GDPR';
    await ben.send('/requests/pictured/decide', { outcome: 'blur', article, ...part, 'file-1': '' });
    expect(calls[1]?.[3]).toEqual({
      ...{ right: 'erasure', report: 'pictured', outcome: 'blur', article },
      faces: [{ store: 'media', file: 'a.png', x: 0.1, y: 0.2, width: 0.25, height: 0.5 }],
    });
  });
});
