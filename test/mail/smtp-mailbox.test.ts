import { afterEach, describe, expect, test } from '@jest/globals';
import { closeAll, mailbox, type Stored, talk } from './openMailbox.ts';

afterEach(closeAll);

describe('the mailbox', () => {
  test('hands over the raw bytes as they came, under the mailbox that they were for', async () => {
    const { send, stored } = await mailbox();

    const { response } = await send('support@sdanceai.com');

    expect(response).toMatch(/^250/);
    expect(stored).toHaveLength(1);
    expect(stored[0]?.mailbox).toBe('support@sdanceai.com');
    const raw = Buffer.from(stored[0]?.raw ?? []).toString();
    expect(raw).toMatch(/^Return-Path: <ann@example.com>\r\n/);
    expect(raw).toContain('Subject: hello\r\n');
    expect(raw).toContain('Please delete everything.');
  });

  test('says 250 only once the bytes are safe', async () => {
    const answered: string[] = [];
    let safe = () => {};
    const storing = Promise.withResolvers<void>();
    const receive = () =>
      new Promise<void>((resolve) => {
        safe = resolve;
        storing.resolve();
      });
    const { send } = await mailbox({ receive });

    const sending = send('support@sdanceai.com').then(() => answered.push('250'));
    await storing.promise;
    await new Promise((resolve) => setImmediate(resolve));

    expect(answered).toEqual([]);
    answered.push('safe');
    safe();
    await sending;
    expect(answered).toEqual(['safe', '250']);
  });

  test('says "come again" when the bytes could not be stored, and takes the mail when it comes again', async () => {
    let broken = true;
    const taken: Stored[] = [];
    const receive = async (mail: Stored) => {
      if (broken) throw new Error('ann@example.com: database is away');
      taken.push(mail);
    };
    const { send } = await mailbox({ receive });

    const refused = await send('support@sdanceai.com').catch((error) => error);
    broken = false;
    await send('support@sdanceai.com');

    expect(refused).toMatchObject({ responseCode: 451 });
    expect(refused.response).not.toContain('database');
    expect(taken).toHaveLength(1);
  });

  test('a mail to two of its addresses counts for both, and is refused where one of them failed', async () => {
    const stored: string[] = [];
    let broken = true;
    const receive = async ({ mailbox: box }: Stored) => {
      if (broken && box === 'privacy@sdanceai.com') throw new Error('away');
      stored.push(box);
    };
    const { send } = await mailbox({ receive });
    const both = ['support@sdanceai.com', 'privacy@sdanceai.com'];

    await expect(send(both)).rejects.toMatchObject({ responseCode: 451 });
    broken = false;
    await send(both);

    expect(stored).toEqual(['support@sdanceai.com', ...both]);
  });

  test('takes any spelling of its address, with or without a tag', async () => {
    const { send, stored } = await mailbox();
    await send('SUPPORT@SdanceAI.com');
    await send('privacy+k-7f3a2c@sdanceai.com');

    expect(stored.map((mail) => mail.mailbox)).toEqual(['support@sdanceai.com', 'privacy@sdanceai.com']);
  });

  test('takes mail for nobody else', async () => {
    const { send, stored } = await mailbox();

    for (const other of [
      'ann@example.com',
      'sales@sdanceai.com',
      'support@sdanceai.com.example',
      'xsupport@sdanceai.com',
    ])
      await expect(send(other)).rejects.toMatchObject({ responseCode: 550 });
    expect(stored).toEqual([]);
  });

  test('refuses what is too large while the sender waits: announced or not, and one byte decides', async () => {
    const { port, send, stored } = await mailbox({ maxBytes: 2000 });
    const { say } = await talk(port);

    await expect(send('support@sdanceai.com', 'x'.repeat(3000))).rejects.toMatchObject({ responseCode: 552 });
    await say('EHLO example.com');
    await say('MAIL FROM:<ann@example.com>');
    await say('RCPT TO:<support@sdanceai.com>');
    await say('DATA');
    expect(await say(`${'x'.repeat(1999)}\r\n.`)).toMatch(/^552/);
    expect(stored).toEqual([]);
    await say('MAIL FROM:<ann@example.com>');
    await say('RCPT TO:<support@sdanceai.com>');
    await say('DATA');
    expect(await say(`${'x'.repeat(1998)}\r\n.`)).toMatch(/^250/);
    expect(stored).toHaveLength(1);
  });

  test('stores nothing of a mail that breaks off in the middle', async () => {
    const { box, port, stored } = await mailbox();
    const { say, socket } = await talk(port);
    await say('EHLO example.com');
    await say('MAIL FROM:<ann@example.com>');
    await say('RCPT TO:<support@sdanceai.com>');
    await say('DATA');
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.end('From: ann@example.com\r\n\r\nPlease del');
    await gone;
    await box.close();

    expect(stored).toEqual([]);
  });
});
