import { describe, expect, test } from '@jest/globals';
import type { MailReader } from '../../packages/core/src/engine/ports/edges.ts';

export const mailOf = (...lines: readonly string[]): Uint8Array => Buffer.from(lines.join('\r\n'), 'utf8');

/** What every reader of mail must keep. */
export function mailReaderContract(kind: string, open: () => MailReader): void {
  describe(`a reader of mail: ${kind}`, () => {
    test('reads who writes what to whom, and what it answers', async () => {
      const mail = await open().read(
        mailOf(
          'From: Ann Example <Ann@Example.COM>',
          'Reply-To: ann@home.example',
          'To: "Support, first line" <support@sdanceai.com>, privacy@sdanceai.com',
          'Cc: lawyer@example.net',
          'Subject: Please delete',
          ' everything',
          'Date: Mon, 2 Mar 2026 10:00:00 +0100',
          'Message-ID: <abc.1@Example.COM>',
          'In-Reply-To: <k-1@kept.example.com> <k-2@kept.example.com>',
          'References: <k-0@kept.example.com>',
          ' <k-1@kept.example.com>',
          '',
          'Please delete everything',
          'that you have about me.',
        ),
      );

      expect(mail).toMatchObject({
        messageId: 'abc.1@example.com',
        from: { address: 'Ann@example.com', name: 'Ann Example' },
        replyTo: 'ann@home.example',
        to: ['support@sdanceai.com', 'privacy@sdanceai.com', 'lawyer@example.net'],
        subjectLine: 'Please delete everything',
        date: '2026-03-02T09:00:00.000Z',
        inReplyTo: ['k-1@kept.example.com', 'k-2@kept.example.com'],
        references: ['k-0@kept.example.com', 'k-1@kept.example.com'],
        text: 'Please delete everything\nthat you have about me.',
        attachments: [],
      });
    });

    test('takes the first of two senders, and shows that there were two', async () => {
      const mail = await open().read(mailOf('From: ann@example.com', 'From: eve@example.com', '', 'delete me'));

      expect(mail.from).toEqual({ address: 'ann@example.com' });
      expect(mail.headers.from).toEqual(['ann@example.com', 'eve@example.com']);
    });

    test('reads text out of HTML where the mail has no other', async () => {
      const mail = await open().read(
        mailOf(
          'From: ann@example.com',
          'Content-Type: text/html; charset=utf-8',
          '',
          '<html><head><title>no</title><style>p{color:red}</style></head><body><p>Please&nbsp;delete<br>my <b>videos</b> &amp; images.</p>',
          '<script>alert("x")</script><ul><li>one</li><li>two &lt;3</li></ul></body></html>',
        ),
      );

      expect(mail.text).toBe('Please delete\nmy videos & images.\n\n- one\n- two <3');
    });

    test('reads the HTML part where the plain one is blank', async () => {
      const mail = await open().read(
        mailOf(
          'From: ann@example.com',
          'Content-Type: multipart/alternative; boundary=b',
          '',
          '--b',
          'Content-Type: text/plain',
          '',
          '  ',
          '--b',
          'Content-Type: text/html',
          '',
          '<p>Delete my account</p>',
          '--b--',
        ),
      );

      expect(mail.text).toBe('Delete my account');
    });

    test('decodes words, charsets and encodings', async () => {
      const text = Buffer.from('ä = L\u00f6schung', 'latin1').toString('base64');
      const mail = await open().read(
        mailOf(
          'From: =?utf-8?B?SsO8cmdlbg==?= <juergen@example.com>',
          'Subject: =?iso-8859-1?Q?L=F6schung?=',
          'Content-Type: text/plain; charset=iso-8859-1',
          'Content-Transfer-Encoding: base64',
          '',
          text,
        ),
      );

      expect(mail.from.name).toBe('Jürgen');
      expect(mail.subjectLine).toBe('Löschung');
      expect(mail.text).toBe('ä = Löschung');
    });

    test('composes what is spelt in parts, and lets no name hide or turn round', async () => {
      const mail = await open().read(
        mailOf(
          'From: "Supp\u200bort\u202e <moc.live>" <eve@example.com>',
          'Subject: Lo\u0308schung\u202e!',
          '',
          'Lo\u0308sch\0en',
        ),
      );

      expect(mail.from.name).toBe('Support <moc.live>');
      expect(mail.subjectLine).toBe('Löschung!');
      expect(mail.text).toBe('Löschen');
    });

    test('names attachments with type and size, and does not take them for text', async () => {
      const mail = await open().read(
        mailOf(
          'From: ann@example.com',
          'Content-Type: multipart/mixed; boundary=b',
          '',
          '--b',
          '',
          'see the letter',
          '--b',
          "Content-Type: application/pdf; name*=utf-8''L%C3%B6schung.pdf",
          'Content-Disposition: attachment',
          'Content-Transfer-Encoding: base64',
          '',
          Buffer.from('%PDF-').toString('base64'),
          '--b--',
        ),
      );

      expect(mail.text).toBe('see the letter');
      expect(mail.attachments).toEqual([{ name: 'Löschung.pdf', type: 'application/pdf', size: 5 }]);
    });

    test('keeps the headers that tell a machine from a person', async () => {
      const { headers } = await open().read(
        mailOf(
          'Return-Path: <>',
          'From: mailer-daemon@example.com',
          'Auto-Submitted: auto-replied',
          'X-A: 1',
          'X-A: 2',
          '',
          'gone',
        ),
      );

      expect(headers).toMatchObject({ 'return-path': ['<>'], 'auto-submitted': ['auto-replied'], 'x-a': ['1', '2'] });
    });

    test('a header named like a part of every object is only a header', async () => {
      const { headers } = await open().read(
        mailOf('From: ann@example.com', '__proto__: x', 'Constructor: y', '', 'hello'),
      );

      expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
      expect(headers.constructor).toEqual(['y']);
    });

    test('a mail that nobody signs is read where it says something', async () => {
      const mail = await open().read(mailOf('Subject: hello', '', 'Please delete my data.'));

      expect(mail).toMatchObject({ from: { address: '' }, text: 'Please delete my data.' });
      expect((await open().read(mailOf('Sender: ann@example.com', '', 'x'))).from.address).toBe('ann@example.com');
      expect((await open().read(mailOf('Return-Path: <ann@example.com>', '', 'x'))).from.address).toBe(
        'ann@example.com',
      );
    });

    test.each([
      ['nothing', Buffer.alloc(0)],
      ['neither sender nor text', mailOf('Subject: hello', '', '')],
      ['noise', Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 167 + 13) % 256))],
      ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
      ['headers without end', mailOf('From: ann@example.com', ...Array(9000).fill(`X-A: ${'a'.repeat(200)}`), '', 'x')],
      ['boxes in boxes in boxes', nested(300)],
    ])('refuses what cannot be read: %s', async (_what, raw) => {
      await expect(open().read(raw)).rejects.toMatchObject({ code: 'MAIL_UNREADABLE' });
    });
  });
}

function nested(depth: number): Uint8Array {
  const lines = ['From: ann@example.com'];
  for (let n = 0; n < depth; n += 1) lines.push(`Content-Type: multipart/mixed; boundary=b${n}`, '', `--b${n}`);
  return mailOf(...lines, '', 'deep down');
}
