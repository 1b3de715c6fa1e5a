import { describe, expect, test } from '@jest/globals';
import { isAutomatic } from '../../../packages/core/src/kernel/classify/automatic.ts';
import { classify } from '../../../packages/core/src/kernel/classify/classify.ts';
import { english } from './scene.ts';

const read = (text: string, more: object = {}) => classify({ subjectLine: '', text, ...more }, english);
const rightsOf = (text: string, more: object = {}) => read(text, more).rights.map(({ right }) => right);

describe('a recognition', () => {
  test('shows the passage it rests on, in the words of the mail', () => {
    const [erasure] = read('Hello,\nthe clip is great. Please   DELETE my account\nsoon. Bye').rights;
    expect(erasure).toEqual({ right: 'erasure', confidence: 0.9, evidence: 'Please DELETE my account soon' });
  });

  test('keeps the passage short, however long the sentence is', () => {
    const words = 'and then again '.repeat(100);
    const [erasure] = read(`${words} please delete my account ${words}`).rights;
    expect(erasure?.evidence).toContain('delete my account');
    expect(erasure?.evidence.length).toBeLessThanOrEqual(200);
  });

  test('lists the rights in one order, whatever the order in the mail', () => {
    expect(rightsOf('Delete my account. Send me a copy of my data.')).toEqual(['access', 'erasure']);
  });

  test('is the more certain the more parts of the mail say it', () => {
    const once = read('please delete my account').rights[0]?.confidence ?? 0;
    const twice = read('please delete my account', { subjectLine: 'Delete my data' }).rights[0]?.confidence ?? 0;
    expect(twice).toBeGreaterThan(once);
    expect(twice).toBeLessThanOrEqual(0.99);
  });

  test('says that it does not know the language, and a person has to read', () => {
    expect(read('Bitte löschen Sie alle Daten, die Sie über mich gespeichert haben.')).toMatchObject({
      rights: [],
      language: 'und',
    });
    expect(read('')).toMatchObject({ rights: [], language: 'und', partial: false });
  });

  test('finds the article of the law in a mail of any language', () => {
    expect(rightsOf('Ich verlange Auskunft nach Art. 15 DSGVO.')).toEqual(['access']);
  });

  test('reads nothing out of links, file names or encoded data', () => {
    expect(rightsOf('see www.example.com/delete-my-account and https://a.example/erase/my/data')).toEqual([]);
    expect(rightsOf(`${'delete-my-account-'.repeat(40)}`)).toEqual([]);
  });
});

describe('the writer’s words are told from other people’s', () => {
  const quotedRequest = 'On Mon, 2 Mar 2026, Help <help@service.example> wrote:\n> please delete my account\n';

  test('a quotation of ours is not the person’s request, a quotation of theirs is', () => {
    expect(rightsOf(`Thanks!\n\n${quotedRequest}`, { from: 'ann@example.com', own: ['HELP@service.example'] })).toEqual(
      [],
    );
    expect(rightsOf(`Any news?\n\n${quotedRequest}`, { from: 'help@service.example', own: [] })).toEqual(['erasure']);
  });

  test('a letter of ours is known by its words where the quotation names nobody', () => {
    expect(rightsOf('> You wrote: delete all my personal data.')).toEqual(['erasure']);
    expect(rightsOf('> We have received your request. You wrote: delete all my personal data.')).toEqual([]);
  });

  test('a negation at the end of a short line stands for itself, at the end of a wrapped line it goes on', () => {
    expect(rightsOf('Newsletter: never\ndelete my account')).toEqual(['erasure']);
    expect(rightsOf('I have thought about it for a long time now, and please do not\ndelete my account')).toEqual([]);
  });

  test('our own addresses are the recipients of the mail where nobody names them', () => {
    const headers = { to: ['"Help, us" <help@service.example>, other@service.example'] };
    expect(rightsOf(quotedRequest, { from: 'ann@example.com', headers })).toEqual([]);
  });

  test('what is written below a quotation is the person’s', () => {
    expect(rightsOf(`${quotedRequest}\nSend me a copy of my data.`, { own: ['help@service.example'] })).toEqual([
      'access',
    ]);
  });

  test('an attribution that the mail program broke over lines is still one', () => {
    const broken =
      'ok\n\nOn Mon, 2 Mar 2026 at 10:00, Somebody with a long name\n<help@service.example> wrote:\n\n> delete my account';
    expect(rightsOf(broken, { own: ['help@service.example'] })).toEqual([]);
  });

  test('a request below a signature mark is found', () => {
    expect(rightsOf('Thanks\n-- \nPS please delete my account')).toEqual(['erasure']);
  });

  test('a disclaimer silences its own paragraph and no other', () => {
    const disclaimer = 'If you are not the intended recipient, delete it. Remove all my data.';
    expect(rightsOf(disclaimer)).toEqual([]);
    expect(rightsOf(`${disclaimer}\n\nPlease delete my account.`)).toEqual(['erasure']);
  });
});

describe('addresses that the person calls their own', () => {
  test('are named, in lower case and once', () => {
    const text = 'My account is under Old.Me@Example.org, or maybe the email is <old.me@example.org>.';
    expect(read(text, { from: 'new@example.org' }).named).toEqual(['old.me@example.org']);
  });
  test('are neither the sender’s nor ours', () => {
    const text = 'my email is new@example.org and I wrote to your account help@service.example';
    expect(read(text, { from: 'New@example.org', own: ['help@service.example'] }).named).toEqual([]);
  });
  test('are not those of a signature or of somebody else', () => {
    expect(read('Ask bob@example.net, he knows.\n-- \nAnn\nemail: ann@example.net').named).toEqual([]);
  });
  test('stand in or beside the sentence that asks, not elsewhere in the mail', () => {
    const far = 'bob@example.net showed me your site. It was fun while it lasted. Please delete my account.';
    expect(read(far).named).toEqual([]);
    expect(read('Please delete her account. She was bea@example.net here.').named).toEqual(['bea@example.net']);
    expect(read('Please delete her account.\n\nAsk me. My friend bob@example.net knows.').named).toEqual([]);
    expect(read('My friend bob@example.net likes your videos.').named).toEqual([]);
  });
  test('are at most ten', () => {
    const text = Array.from({ length: 50 }, (_, index) => `my email is a${index}@example.org.`).join('\n');
    expect(read(text).named).toHaveLength(10);
  });
});

describe('a mail that a machine sent (RFC 3834)', () => {
  test.each([
    ['auto-submitted', 'auto-replied'],
    ['auto-submitted', 'auto-generated; owner-email="a@example.com"'],
    ['precedence', 'Bulk'],
    ['precedence', 'auto_reply'],
    ['list-id', '<news.example.com>'],
    ['x-autoreply', 'yes'],
    ['x-autorespond', 'away'],
    ['return-path', '<>'],
    ['content-type', 'multipart/report; report-type=delivery-status'],
  ])('says so by %s: %s', (name, value) => expect(isAutomatic({ [name]: [value] })).toBe(true));

  test.each([
    ['auto-submitted', 'no'],
    ['auto-submitted', 'No (a person)'],
    ['precedence', 'first-class'],
    ['x-auto-response-suppress', 'All'],
    ['return-path', '<ann@example.com>'],
    ['content-type', 'text/plain'],
  ])('is not meant by %s: %s', (name, value) => expect(isAutomatic({ [name]: [value] })).toBe(false));

  test('is read for requests all the same: services that act for people send such mails', () => {
    const headers = { 'auto-submitted': ['auto-generated'] };
    expect(read('Please delete all personal data of our client.', { headers })).toMatchObject({
      automatic: true,
      agent: true,
      rights: [{ right: 'erasure' }],
    });
  });
});

describe('spelling', () => {
  test.each(['plese delet my acount', 'please deelte my acconut', 'erease my persnal informaton', 'remov my acccount'])(
    '"%s" is understood',
    (text) => expect(rightsOf(text)).toEqual(['erasure']),
  );
  test.each(['relate my account', 'please delegate my account', 'remote my account'])(
    '"%s" has another word and means another thing',
    (text) => expect(rightsOf(text)).toEqual([]),
  );
});
