import { mkdtemp, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { postalReader } from '../../packages/core/src/adapters/mail/postalReader.ts';
import { smtpMailer } from '../../packages/core/src/adapters/mail/smtpMailer.ts';
import { aLetter } from '../contracts/mailerContract.ts';
import { answer, type PostOffice, postOffice } from './postOffice.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function office(options?: Parameters<typeof postOffice>[0]): Promise<PostOffice> {
  const opened = await postOffice(options);
  open.push(opened);
  return opened;
}

function mailerTo(port: number) {
  const mailer = smtpMailer({ url: `smtp://127.0.0.1:${port}` });
  open.push(mailer);
  return mailer;
}

function received(post: PostOffice) {
  return postalReader().read(post.arrived[0]?.raw ?? Buffer.alloc(0));
}

describe('a letter on its way out', () => {
  test('answers the mail that it answers', async () => {
    const post = await office();
    await mailerTo(post.port).send(aLetter({ messageId: '<k-2@kept.example>', inReplyTo: 'abc.1@example.com' }));

    expect(await received(post)).toMatchObject({
      messageId: 'k-2@kept.example',
      inReplyTo: ['abc.1@example.com'],
      references: ['abc.1@example.com'],
      from: { address: 'support@sdanceai.com' },
    });
  });

  test('written by a person says nothing of machines', async () => {
    const post = await office();
    await mailerTo(post.port).send(aLetter());

    const { headers } = await received(post);
    expect(Object.keys(headers)).not.toContain('auto-submitted');
    expect(Object.keys(headers)).not.toContain('x-auto-response-suppress');
  });

  test('written by a machine in answer to a mail says so, and nothing can answer it automatically', async () => {
    const post = await office();
    await mailerTo(post.port).send(aLetter({ automatic: true, inReplyTo: 'abc.1@example.com' }));

    expect(post.arrived[0]).toMatchObject({ from: '', to: ['ann@example.com'] });
    expect((await received(post)).headers).toMatchObject({
      from: ['support@sdanceai.com'],
      'auto-submitted': ['auto-replied'],
      'x-auto-response-suppress': ['OOF, AutoReply'],
    });
  });

  test('written by a machine unasked says so too, and keeps an address for bounces', async () => {
    const post = await office();
    await mailerTo(post.port).send(aLetter({ automatic: true }));

    expect(post.arrived[0]?.from).toBe('support@sdanceai.com');
    expect((await received(post)).headers['auto-submitted']).toEqual(['auto-generated']);
  });

  test('carries its attachments unchanged', async () => {
    const post = await office();
    const content = '{"receipt":"ü"}';
    await mailerTo(post.port).send(
      aLetter({ attachments: [{ name: 'receipt.json', type: 'application/json', content }] }),
    );

    expect((await received(post)).attachments).toEqual([
      { name: 'receipt.json', type: 'application/json', size: Buffer.byteLength(content) },
    ]);
  });

  test('cannot be made to read a file or to grow headers', async () => {
    const post = await office();
    const secret = join(await mkdtemp(join(tmpdir(), 'kept-mail-')), 'secret.txt');
    await writeFile(secret, 'the secret');
    const bad = { name: 'x', type: 'text/plain', content: { path: secret } as unknown as string };

    await expect(mailerTo(post.port).send(aLetter({ attachments: [bad] }))).rejects.toMatchObject({
      code: 'MAIL_NOT_SENT',
    });
    await mailerTo(post.port).send(
      aLetter({ subjectLine: 'hello\r\nBcc: eve@example.com', messageId: 'a\r\nBcc: eve@e' }),
    );

    expect(post.arrived).toHaveLength(1);
    expect(post.arrived[0]?.to).toEqual(['ann@example.com']);
    expect(Object.keys((await received(post)).headers)).not.toContain('bcc');
  });
});

describe('a letter that does not get through', () => {
  test.each([
    ['the recipient is unknown', 'onRcptTo', 550, true],
    ['the recipient is busy', 'onRcptTo', 450, false],
    ['the sender is not wanted', 'onMailFrom', 554, true],
    ['a sign-in is asked for', 'onMailFrom', 530, false],
    ['the letter is refused', 'onData', 554, true],
    ['the letter is not taken now', 'onData', 451, false],
  ])('%s', async (_why, when, code, permanent) => {
    const refuse = (...given: unknown[]) => (given[2] as (error: Error) => void)(answer(code));
    const post = await office({
      [when]: (stream: { resume?(): void }, session: unknown, done: unknown) => {
        stream.resume?.();
        refuse(stream, session, done);
      },
    });

    const failure = await mailerTo(post.port)
      .send(aLetter())
      .catch((error) => error);

    expect(failure).toMatchObject({ code: 'MAIL_NOT_SENT', permanent, outcomeUnknown: false });
    expect(`${failure.message} ${failure.place} ${failure.remedy}`).toContain(String(code));
    expect(JSON.stringify([failure.message, failure.place, failure.cause])).not.toContain('ann@example.com');
  });

  test('an address that is none is refused for good before anybody is asked', async () => {
    const post = await office();

    await expect(mailerTo(post.port).send(aLetter({ to: '' }))).rejects.toMatchObject({ permanent: true });
    expect(post.arrived).toEqual([]);
  });

  test('where nobody listens it has surely not arrived', async () => {
    const post = await postOffice();
    await post.close();

    await expect(mailerTo(post.port).send(aLetter())).rejects.toMatchObject({
      permanent: false,
      outcomeUnknown: false,
    });
  });

  test('where the connection ends before an answer it may have arrived, and it is sent again under the same Message-ID', async () => {
    const arrived: string[] = [];
    const rude = await new Promise<Server>((resolve) => {
      const server = createServer((socket) => hangUpAfterTheLetter(socket, arrived)).listen(0, '127.0.0.1', () =>
        resolve(server),
      );
    });
    open.push(rude);
    const mailer = mailerTo((rude.address() as AddressInfo).port);

    for (const _attempt of [1, 2])
      await expect(mailer.send(aLetter())).rejects.toMatchObject({ permanent: false, outcomeUnknown: true });

    const ids = await Promise.all(arrived.map(async (raw) => (await postalReader().read(Buffer.from(raw))).messageId));
    expect(ids).toEqual([aLetter().messageId, aLetter().messageId]);
  });
});

/** Takes a letter to its last dot and hangs up instead of answering. */
function hangUpAfterTheLetter(socket: Socket, arrived: string[]): void {
  let letter: string | undefined;
  socket.on('error', () => undefined);
  socket.write('220 rude\r\n');
  socket.on('data', (bytes) => {
    if (letter === undefined) {
      letter = `${bytes}`.startsWith('DATA') ? '' : undefined;
      socket.write(letter === undefined ? '250 go on\r\n' : '354 go on\r\n');
      return;
    }
    letter += bytes;
    if (!letter.endsWith('\r\n.\r\n')) return;
    arrived.push(letter.slice(0, -3));
    socket.destroy();
  });
}
