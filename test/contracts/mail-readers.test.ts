import { expect, test } from '@jest/globals';
import { postalReader } from '../../packages/core/src/adapters/mail/postalReader.ts';
import { mailOf, mailReaderContract } from './mailReaderContract.ts';

mailReaderContract('postal-mime', () => postalReader());

test('a mail that is larger than allowed is not even begun', async () => {
  const mail = mailOf('From: ann@example.com', '', 'x'.repeat(100));

  await expect(postalReader({ maxBytes: 100 }).read(mail)).rejects.toMatchObject({
    code: 'MAIL_UNREADABLE',
    message: 'It is larger than 100 bytes.',
  });
  expect((await postalReader({ maxBytes: 1000 }).read(mail)).text).toHaveLength(100);
});

test('why a mail could not be read never quotes the mail', async () => {
  const mail = mailOf('Subject: ann@example.com', '', '');

  await expect(postalReader().read(mail)).rejects.toMatchObject({
    message: expect.not.stringContaining('ann'),
    remedy: expect.not.stringContaining('ann'),
  });
});
