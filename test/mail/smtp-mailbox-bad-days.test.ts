import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import tlsOptions from 'smtp-server/lib/tls-options.js';
import { messageKey } from '../../packages/core/src/adapters/mail/messageKey.ts';
import { smtpMailbox } from '../../packages/core/src/adapters/mail/smtpMailbox.ts';
import { closeAll, mailbox, open, talk } from './openMailbox.ts';

afterEach(closeAll);

describe('the mailbox on bad days', () => {
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

  test('a mailbox that other machines can reach is not opened without TLS (part of sdance-ai.security.tls)', async () => {
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
