import { createTransport } from 'nodemailer';
import { memoryMailer } from '../../packages/core/src/adapters/mail/memoryMailer.ts';
import { nodemailerMailer } from '../../packages/core/src/adapters/mail/nodemailerMailer.ts';
import { postalReader } from '../../packages/core/src/adapters/mail/postalReader.ts';
import { SendFailure } from '../../packages/core/src/adapters/mail/sendFailure.ts';
import { answer, postOffice } from '../mail/postOffice.ts';
import { mailerContract } from './mailerContract.ts';

mailerContract('memory', async () => {
  const mailer = memoryMailer();
  return {
    mailer,
    arrived: async () => mailer.sent,
    refuse: (how) =>
      mailer.failWith(new SendFailure({ responseCode: how === 'for good' ? 550 : 451, command: 'RCPT TO' })),
    close: async () => undefined,
  };
});

mailerContract('nodemailer over SMTP', async () => {
  let refusal: Error | undefined;
  const office = await postOffice({ onRcptTo: (_address, _session, done) => done(refusal) });
  const transport = createTransport({ host: '127.0.0.1', port: office.port, ignoreTLS: true });
  return {
    mailer: nodemailerMailer(transport),
    arrived: () =>
      Promise.all(
        office.arrived.map(async ({ raw, to: [to = ''] }) => {
          const { messageId = '', subjectLine, text } = await postalReader().read(raw);
          return { messageId, to, subjectLine, text: `${text}\n` };
        }),
      ),
    refuse(how) {
      refusal = answer(how === 'for good' ? 550 : 451);
    },
    close: async () => {
      transport.close();
      await office.close();
    },
  };
});
