import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import { type MailboxOptions, smtpMailbox } from '../../packages/core/src/adapters/mail/smtpMailbox.ts';

export type Stored = { mailbox: string; raw: Uint8Array };
export const open: { close(): unknown }[] = [];
/** Closes whatever a test opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const one of open.splice(0).reverse()) await one.close();
}

export async function mailbox(options: Partial<MailboxOptions> = {}) {
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
export async function talk(port: number): Promise<{ say(line: string): Promise<string>; socket: Socket }> {
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
