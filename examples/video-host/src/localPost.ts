import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';

export interface LocalPost {
  sendMail(mail: SendMailOptions): Promise<{ response: string }>;
  close(): void;
}

export interface LocalPostOptions {
  readonly folder: string;
  readonly supportAddress: string;
  supportPort(): number;
}

/**
 * A post office for one machine: what is for support goes by SMTP to the mailbox at that port, every other letter becomes
 * a file `<address>/<hash of its bytes>.eml`. No mail ever leaves the machine.
 */
export function localPost({ folder, supportAddress, supportPort }: LocalPostOptions): LocalPost {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  return {
    async sendMail(mail) {
      const { message, envelope } = await writer.sendMail(mail);
      const raw = Buffer.from(message as Buffer);
      const sender = envelope.from || '';
      for (const to of envelope.to) {
        if (to.toLowerCase() === supportAddress) await handOver(raw, sender, to, supportPort());
        else await putDown(raw, path.join(folder, to.toLowerCase().replaceAll(/[^\w.@+-]/g, '_')));
      }
      return { response: '250 Kept on this machine' };
    },
    close: () => writer.close(),
  };
}

async function handOver(raw: Buffer, from: string, to: string, port: number): Promise<void> {
  const smtp = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  try {
    await smtp.sendMail({ envelope: { from, to }, raw });
  } finally {
    smtp.close();
  }
}

async function putDown(raw: Buffer, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = createHash('sha256').update(raw).digest('hex').slice(0, 16);
  await writeFile(path.join(folder, `${name}.eml`), raw, { mode: 0o600 });
}
