import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Kept, loadPublicKeys, openDocument, verifySignature } from '@kept/core';
import { aPerson, aVideo, linkFor, type Person, rawMail } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';

let the: Scene;
let kept: Kept;
let mara: Person;

beforeEach(async () => {
  the = await scene();
  kept = the.kept;
  mara = await aPerson(the, 'mara@example.org');
});
afterEach(() => the.close());

const WORDS = 'Hi, please delete everything you have about me. Thanks, Mara';

async function mailAndConfirm(): Promise<string> {
  await kept.mail.receive({ mailbox: 'support@sdanceai.com', raw: rawMail('Mara <mara@example.org>', WORDS) });
  await kept.mail.work();
  await kept.requests.advance();
  await kept.outbox.deliver();
  const request = await kept.requests.confirm(linkFor(the, 'mara@example.org'));
  await kept.requests.advance();
  return request._id;
}

async function approve(id: string): Promise<void> {
  const agent = await kept.staff.add({
    email: 'ada@kept.test',
    name: 'Ada',
    role: 'agent',
    password: 'a long password',
  });
  const lead = await kept.staff.add({ email: 'lin@kept.test', name: 'Lin', role: 'lead', password: 'a long password' });
  const request = await kept.requests.get(id);
  const hash = request && 'preview' in request ? request.preview.hash : '';
  await kept.requests.propose(id, agent._id, hash);
  await kept.requests.approve(id, lead._id, hash);
}

describe('an erasure asked for by mail', () => {
  test('sdance-ai.right.deletion, sdance-ai.retention.payments-by-law: a plain mail, one confirmed link and two staff members erase everything but what the law keeps, and the letter says why and until when', async () => {
    await kept.mail.receive({ mailbox: 'support@sdanceai.com', raw: rawMail('Mara <mara@example.org>', WORDS) });
    await kept.mail.work();
    const id = await (async () => {
      await kept.requests.advance();
      await kept.outbox.deliver();
      expect(the.mailer.sent.map((letter) => letter.subjectLine)).toEqual([
        expect.stringContaining('We have your request'),
        expect.stringContaining('Please confirm your request'),
      ]);
      const confirmed = await kept.requests.confirm(linkFor(the, 'mara@example.org'));
      await kept.requests.advance();
      return confirmed._id;
    })();

    const previewed = await kept.requests.get(id);
    expect(previewed?.status).toBe('previewed');
    const lines = previewed && 'preview' in previewed ? previewed.preview.lines : [];
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ collection: 'generations', action: 'erase', count: 3, files: 6 }),
        expect.objectContaining({ collection: 'payments', action: 'detach', count: 2 }),
        expect.objectContaining({ collection: 'apiLogs', action: 'erase', count: 4 }),
      ]),
    );

    await approve(id);
    await kept.requests.advance();
    await kept.outbox.deliver();

    for (const name of ['users', 'generations', 'apiKeys', 'apiLogs', 'sessions']) {
      expect([name, await the.db.collection(name).countDocuments()]).toEqual([name, 0]);
    }
    expect(await the.db.collection('payments').countDocuments({ userId: { $exists: true } })).toBe(0);
    expect(await the.db.collection('payments').countDocuments()).toBe(2);
    expect(await the.media.has(`generations/${mara.videos[0]}.mp4`)).toBe(false);

    const done = await kept.requests.get(id);
    expect(done?.status).toBe('fulfilled');
    const letter = the.mailer.sent.at(-1);
    expect(letter?.subjectLine).toContain('Your data has been erased');
    expect(letter?.text.replace(/\s+/g, ' ')).toMatch(
      /: 2 records Why: tax law asks for invoices and payments to be kept \(Art 17\(3\)\(b\) GDPR\)\. Until: 1 January 2035\./,
    );
    expect(letter?.attachments[0]?.content).toBe((await kept.requests.receipt(id))?.text);

    const signer = await the.keys.signer();
    const opened = openDocument(
      letter?.attachments[0]?.content ?? '',
      { [signer.keyId]: signer.publicKey },
      verifySignature,
    );
    expect(opened.ok).toBe(true);
    expect(await kept.evidence.verify()).toEqual({ ok: true, entries: expect.any(Number) });
  });

  test('the person who proposed cannot approve', async () => {
    const id = await mailAndConfirm();
    const agent = await kept.staff.add({
      email: 'ada@kept.test',
      name: 'Ada',
      role: 'agent',
      password: 'a long password',
    });
    const request = await kept.requests.get(id);
    const hash = request && 'preview' in request ? request.preview.hash : '';
    await kept.requests.propose(id, agent._id, hash);
    await expect(kept.requests.approve(id, agent._id, hash)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
  });

  test('an approval binds exactly the preview that was shown: a new preview voids it', async () => {
    const id = await mailAndConfirm();
    await approve(id);
    await aVideo(the, mara.id, { createdAt: the.clock.now() });
    const anew = await kept.requests.preview(id, 'staff');
    expect(anew.status).toBe('previewed');
    await kept.requests.advance();
    expect(await the.db.collection('users').countDocuments()).toBe(1);
  });

  test('a link works once, and a look at it changes nothing', async () => {
    await kept.mail.receive({ mailbox: 'support@sdanceai.com', raw: rawMail('mara@example.org', WORDS) });
    await kept.workOff();
    const link = linkFor(the, 'mara@example.org');
    for (let look = 0; look < 3; look += 1) expect((await kept.requests.peekConfirmation(link))?.state).toBe('usable');
    await kept.requests.confirm(link);
    await expect(kept.requests.confirm(link)).rejects.toMatchObject({ code: 'CONFIRMATION_CLOSED' });
    await expect(kept.requests.confirm(`${link}x`)).rejects.toMatchObject({ code: 'CONFIRMATION_NOT_FOUND' });
  });

  test('a link expires after seven days', async () => {
    await kept.mail.receive({ mailbox: 'support@sdanceai.com', raw: rawMail('mara@example.org', WORDS) });
    await kept.workOff();
    the.clock.forward({ days: 7 });
    await expect(kept.requests.confirm(linkFor(the, 'mara@example.org'))).rejects.toMatchObject({
      code: 'CONFIRMATION_CLOSED',
    });
  });

  test('a remix by somebody else stays, without the link to what was erased', async () => {
    const ben = await aPerson(the, 'ben@example.org', { videos: 0 });
    const remix = await aVideo(the, ben.id, { parentId: mara.videos[0], createdAt: the.clock.now() });
    const id = await mailAndConfirm();
    await approve(id);
    await kept.requests.advance();
    expect(await the.db.collection('generations').findOne({ _id: remix })).not.toHaveProperty('parentId');
    expect(await the.media.has(`generations/${remix}.mp4`)).toBe(true);
  });
});

describe('who asks', () => {
  test('an unknown sender gets the same letter as a known one, and is asked whether the address is theirs', async () => {
    await kept.mail.receive({ mailbox: 'support@sdanceai.com', raw: rawMail('who@example.net', WORDS) });
    await kept.mail.receive({ mailbox: 'support@sdanceai.com', raw: rawMail('mara@example.org', WORDS) });
    await kept.workOff();
    const [unknown, known] = ['who@example.net', 'mara@example.org'].map((to) =>
      the.mailer.sent.find((letter) => letter.to === to && letter.subjectLine.includes('We have your request')),
    );
    const plain = (text?: string): string | undefined => text?.replaceAll(/K-[0-9A-F]+/g, 'K');
    expect(plain(unknown?.text)).toBe(plain(known?.text));
    const subjectLines = the.mailer.sent
      .filter((letter) => letter.to === 'who@example.net')
      .map((each) => each.subjectLine);
    expect(subjectLines).toEqual([expect.stringMatching('We have'), expect.stringMatching('confirm your address')]);
  });

  test("asking for somebody else's data challenges the registered address and nobody else", async () => {
    const text = 'Please delete all the personal data of mara@example.org, I am her boyfriend.';
    await kept.mail.receive({ mailbox: 'support@sdanceai.com', raw: rawMail('eve@example.net', text) });
    await kept.workOff();
    const links = the.mailer.sent.filter((letter) => letter.text.includes('/privacy/confirm/'));
    expect(links.map((letter) => letter.to)).toEqual(['mara@example.org']);
  });
});

test('keys for checking a receipt can be read from a file', () => {
  expect(typeof loadPublicKeys).toBe('function');
});

test('the one-time link is in the letter and nowhere in the database: neither staff nor a copy can use it', async () => {
  await kept.mail.receive({ mailbox: 'support@sdanceai.com', raw: rawMail('mara@example.org', WORDS) });
  await kept.workOff();
  const token = linkFor(the, 'mara@example.org');
  const stored = await Promise.all(
    (await the.db.listCollections().toArray()).map(({ name }) => the.db.collection(name).find({}).toArray()),
  );
  expect(JSON.stringify(stored)).not.toContain(token.slice(token.lastIndexOf('.') + 1));
  expect((await kept.requests.peekConfirmation(token))?.state).toBe('usable');
});
