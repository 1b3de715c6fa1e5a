import { afterEach, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import tlsOptions from 'smtp-server/lib/tls-options.js';
import { isLoopback } from '../../packages/core/src/adapters/loopback/isLoopback.ts';
import { nodemailerMailer } from '../../packages/core/src/adapters/mail/nodemailerMailer.ts';
import { smtpMailer } from '../../packages/core/src/adapters/mail/smtpMailer.ts';
import { aLetter } from '../contracts/mailerContract.ts';
import { type PostOffice, postOffice } from './postOffice.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function office(options?: Parameters<typeof postOffice>[0]): Promise<PostOffice> {
  const opened = await postOffice(options);
  open.push(opened);
  return opened;
}

describe('the way out', () => {
  const refused = expect.objectContaining({ code: 'MAIL_NOT_ENCRYPTED' });

  test.each([
    'smtp://mail.example.com',
    'smtp://user:secret@192.0.2.1:587',
    'smtp://mail.example.com?requireTLS=false',
  ])('letters do not leave this machine in the clear: %s (part of sdance-ai.security.tls)', (url) => {
    expect(() => smtpMailer({ url })).toThrow(refused);
  });

  test.each([
    'smtps://mail.example.com',
    'smtp://mail.example.com:587?requireTLS=true',
    'smtp://127.0.0.1:2525',
    'smtp://[::1]:25',
    'smtp://localhost',
  ])('letters leave over TLS, or within this machine: %s', (url) => {
    expect(() => smtpMailer({ url }).close()).not.toThrow();
  });

  test.each([
    '',
    'mail.example.com',
    'http://mail.example.com',
    'smtps://mail.example.com?tls.rejectUnauthorized=false',
    'smtps://',
  ])('letters need an address of a mail server that turns no protection off: %j', (url) => {
    expect(() => smtpMailer({ url })).toThrow(expect.objectContaining({ code: 'MAIL_URL_INVALID' }));
  });

  test('a transport that the host made is held to the same rule (part of sdance-ai.security.tls)', () => {
    const host = 'mail.example.com';
    for (const bad of [
      { host },
      { host, port: 587, ignoreTLS: true, requireTLS: true },
      { host, secure: true, tls: { rejectUnauthorized: false } },
      { host, pool: true as const },
    ])
      expect(() => nodemailerMailer(createTransport(bad))).toThrow(refused);

    for (const good of [
      { host, secure: true },
      { host, port: 465 },
      { host, port: 587, requireTLS: true },
      { host: '127.0.0.1' },
    ])
      expect(() => nodemailerMailer(createTransport(good))).not.toThrow();
    expect(() => nodemailerMailer(createTransport({ streamTransport: true }))).not.toThrow();
  });

  test('a server that promises STARTTLS and has none gets no letter', async () => {
    const post = await office();
    const transport = createTransport({ host: '127.0.0.1', port: post.port, requireTLS: true });
    open.push(transport);

    await expect(nodemailerMailer(transport).send(aLetter())).rejects.toMatchObject({ outcomeUnknown: false });
    expect(post.arrived).toEqual([]);
  });

  test('a server whose certificate nobody vouches for gets no letter', async () => {
    const post = await office({ ...tlsOptions(), secure: true });
    const mailer = smtpMailer({ url: `smtps://127.0.0.1:${post.port}` });
    open.push(mailer);

    await expect(mailer.send(aLetter())).rejects.toMatchObject({ permanent: false });
    expect(post.arrived).toEqual([]);
  });

  test.each(['127.0.0.1', '127.9.9.9', '::1', '[::1]', '::ffff:127.0.0.1', 'localhost', 'LOCALHOST'])(
    '%s is this machine',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  test.each(['', '0.0.0.0', '10.0.0.1', '127.0.0.1.example.com', 'localhost.example.com', '::2', 'mylocalhost'])(
    '%j is not',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
