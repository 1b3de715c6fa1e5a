import { createTransport } from 'nodemailer';
import type { Stage } from './stage.ts';

/** Sends a mail to the address of the policy, as a mail program does, and answers what the mailbox said. */
export async function writeToSupport(
  { server }: Pick<Stage, 'server'>,
  mail: { readonly from: string; readonly subject: string; readonly text: string },
): Promise<string> {
  const { port, hostname } = new URL(server.urls.smtp);
  const post = createTransport({ host: hostname, port: Number(port), ignoreTLS: true });
  try {
    const { response } = await post.sendMail({ ...mail, to: server.kept.policy.contact.address });
    return response;
  } finally {
    post.close();
  }
}
