import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { messageKey } from '../../packages/core/src/adapters/mail/messageKey.ts';
import { normalMessageId } from '../../packages/core/src/adapters/mail/normalMessageId.ts';

const mail = (head: string, body = 'hello') => Buffer.from(`${head}\r\n\r\n${body}`);
const byItsBytes = (raw: Uint8Array) => `sha256:${createHash('sha256').update(raw).digest('hex')}`;

describe('the key of a mail', () => {
  test.each([
    ['as usual', 'Message-ID: <abc.1@example.com>'],
    ['in another spelling', 'message-id:<abc.1@Example.COM>'],
    ['folded', 'Subject: x\r\nMessage-Id:\r\n <abc.1@example.com>\r\nDate: today'],
    ['with a comment behind it', 'Message-ID: <abc.1@example.com> (added by relay)'],
    ['without brackets', 'Message-ID: abc.1@example.com'],
    ['with bare line feeds', 'From: a@b.example\nMessage-ID: <abc.1@example.com>\n\nhello'],
    ['twice: the first one', 'Message-ID: <abc.1@example.com>\r\nMessage-ID: <other@example.com>'],
  ])('is its Message-ID: %s', (_how, head) => {
    expect(messageKey(mail(head))).toBe('abc.1@example.com');
  });

  test.each([
    ['none', 'Subject: x'],
    ['an empty one', 'Message-ID: <>'],
    ['one that is none', 'Message-ID: <abc>'],
    ['one without end', `Message-ID: <${'a'.repeat(300)}@example.com>`],
    ['one in the body only', 'Subject: x\r\n\r\nMessage-ID: <abc.1@example.com>'],
    ['one within another header', 'Subject: x\r\n Message-ID: <abc.1@example.com>'],
  ])('is made of its bytes where it has %s', (_what, head) => {
    expect(messageKey(mail(head))).toBe(byItsBytes(mail(head)));
  });

  test('two mails without a Message-ID are the same only when every byte is', () => {
    expect(messageKey(mail('Subject: x', 'one'))).toBe(messageKey(mail('Subject: x', 'one')));
    expect(messageKey(mail('Subject: x', 'one'))).not.toBe(messageKey(mail('Subject: x', 'two')));
    expect(messageKey(Buffer.alloc(0))).toBe(byItsBytes(Buffer.alloc(0)));
  });

  test('what stands before the @ keeps its case: it belongs to the sender', () => {
    expect(normalMessageId('<AbC@Example.COM>')).toBe('AbC@example.com');
    expect(normalMessageId(undefined)).toBeUndefined();
  });
});
