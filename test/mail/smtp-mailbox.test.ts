import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import tlsOptions from 'smtp-server/lib/tls-options.js';
import { messageKey } from '../../packages/core/src/adapters/mail/messageKey.ts';
import { type MailboxOptions, smtpMailbox } from '../../packages/core/src/adapters/mail/smtpMailbox.ts';

type Stored = { mailbox: string; raw: Uint8Array };
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function mailbox(options: Partial<MailboxOptions> = {}) {
  const stored: Stored[] = [];
  const receive = async (mail: Stored) => stored.push(mail);
  const box = smtpMailbox({ mailboxes: ['support@sdanceai.com', 'Privacy@sdanceai.com'], receive, ...options });
  open.push(box);
  const { port } = await box.listen(0);
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  open.push(transport);
  const send = (to: string | string[], text = 'Please delete everything.') =>
    transport.sendMail({ from: 'ann@example.com', to, subject: 'hello', text });
  return { box, port, stored, send };
}

/** A line-by-line talk with the mailbox, for what no decent client says. */
async function talk(port: number): Promise<{ say(line: string): Promise<string>; socket: Socket }> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.on('error', () => undefined);
  open.push({ close: () => socket.destroy() });
  const lines = socket.iterator({ destroyOnReturn: false });
  const hear = async () => {
    for (let heard = ''; ; ) {
      const { value, done } = await lines.next();
      heard += value ?? '';
      if (done || /^\d{3} .*\r\n$/m.test(heard)) return heard;
    }
  };
  await hear();
  return {
    socket,
    say: (line) => {
      socket.write(`${line}\r\n`);
      return hear();
    },
  };
}

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

  test('marks a mail that nobody is to answer by an empty Return-Path', async () => {
    const { port, stored } = await mailbox();
    const { say } = await talk(port);
    for (const line of ['EHLO example.com', 'MAIL FROM:<>', 'RCPT TO:<support@sdanceai.com>', 'DATA']) await say(line);

    expect(await say('Subject: undeliverable\r\n\r\ngone\r\n.')).toMatch(/^250/);

    expect(Buffer.from(stored[0]?.raw ?? []).toString()).toMatch(/^Return-Path: <>\r\nSubject: undeliverable\r\n/);
  });

  test('killed after storing and before answering, it gets the same mail again, under the same key and byte by byte', async () => {
    const place = join(await mkdtemp(join(tmpdir(), 'kept-mailbox-')), 'raw');
    const raw = 'From: ann@example.com\r\nMessage-ID: <abc.1@example.com>\r\n\r\nPlease delete everything.\r\n';
    const envelope = { from: 'ann@example.com', to: 'support@sdanceai.com' };
    const child = spawn(process.execPath, ['--input-type=module', '-e', diesAfterStoring(place)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [port] = await once(child.stdout, 'data');
    const transport = createTransport({ host: '127.0.0.1', port: Number(port), ignoreTLS: true });
    open.push(transport);

    await expect(transport.sendMail({ envelope, raw })).rejects.toThrow();
    const { port: second, stored } = await mailbox();
    const again = createTransport({ host: '127.0.0.1', port: second, ignoreTLS: true });
    open.push(again);
    await again.sendMail({ envelope, raw });

    const first = await readFile(place);
    expect(Buffer.from(stored[0]?.raw ?? [])).toEqual(first);
    expect(messageKey(first)).toBe('abc.1@example.com');
  });

  test('knows no sign-in', async () => {
    const { port } = await mailbox();
    const { say } = await talk(port);

    expect(await say('EHLO example.com')).not.toContain('AUTH');
    expect(await say('AUTH PLAIN AGFubgBzZWNyZXQ=')).toMatch(/^5/);
  });

  test('finishes what it has begun before it closes', async () => {
    const storing = Promise.withResolvers<void>();
    const safe = Promise.withResolvers<void>();
    const receive = () => {
      storing.resolve();
      return safe.promise;
    };
    const { box, send } = await mailbox({ receive });
    const sending = send('support@sdanceai.com');
    await storing.promise;

    const closing = box.close();
    safe.resolve();

    expect((await sending).response).toMatch(/^250/);
    await closing;
  });

  test('a port that is taken is an error at once', async () => {
    const { port } = await mailbox();
    const other = smtpMailbox({ mailboxes: [], receive: async () => undefined });

    await expect(other.listen(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('takes mail over TLS where it has a certificate, and asks for no sign-in then either', async () => {
    const { key, cert } = tlsOptions() as { key: string; cert: string };
    const { port, stored } = await mailbox({ tls: { key, cert } });
    const tls = { rejectUnauthorized: false };
    const transport = createTransport({ host: '127.0.0.1', port, requireTLS: true, tls });
    open.push(transport);

    await transport.sendMail({ from: 'ann@example.com', to: 'support@sdanceai.com', text: 'hello' });

    expect(stored).toHaveLength(1);
  });

  test('sdance-ai.security.tls: a mailbox that other machines can reach is not opened without TLS', async () => {
    const box = smtpMailbox({ mailboxes: [], receive: async () => undefined });

    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'mail.sdanceai.com'])
      await expect(box.listen(0, host)).rejects.toMatchObject({ code: 'MAIL_NOT_ENCRYPTED' });
  });
});

/** A mailbox in a process of its own that is killed once the bytes are on the disk and before it says so. */
function diesAfterStoring(place: string): string {
  const source = new URL('../../packages/core/src/adapters/mail/smtpMailbox.ts', `file://${import.meta.filename}`).href;
  return `
    import { writeFileSync } from 'node:fs';
    import { smtpMailbox } from ${JSON.stringify(source)};
    const receive = async ({ raw }) => {
      writeFileSync(${JSON.stringify(place)}, raw, { flush: true });
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => {});
    };
    const { port } = await smtpMailbox({ mailboxes: ['support@sdanceai.com'], receive }).listen(0);
    console.log(port);`;
}
