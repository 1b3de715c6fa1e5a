import { createTransport } from 'nodemailer';
import { supportAddress } from '../app.ts';
import { expect } from './expect.ts';
import { letterAbout, lettersOf, type Stage } from './stage.ts';
import { runJobs } from './walkClock.ts';

export const WORDS = `Hi there,

I had fun with your app but I am done with it. Please delete everything you
have about me: the videos, my key, all of it.

Mara`;

/** A plain mail comes in over SMTP and is recognised; the answer tells a stranger nothing. Answers the request's id. */
export async function maraWrites(stage: Stage): Promise<string> {
  const { server, say } = stage;
  const { kept } = server;
  say.chapter('Mara writes a mail');
  say.show(WORDS.split('\n'));

  const { port, hostname } = new URL(server.urls.smtp);
  const post = createTransport({ host: hostname, port: Number(port), ignoreTLS: true });
  const { response } = await post.sendMail({
    from: 'Mara Lindqvist <mara@example.org>',
    to: supportAddress,
    subject: 'bye',
    text: WORDS,
  });
  post.close();
  const stored = await kept.mail.counts();
  expect(stored.stored === 1, 'the raw mail is stored before the mailbox says yes');
  say.tell('The mailbox took it, after the raw bytes were stored under a key of their own.', {
    answer: response.slice(0, 3),
  });

  await runJobs(kept);
  const { items } = await kept.requests.list({ status: 'open' });
  const request = items[0];
  expect(items.length === 1 && request?.right === 'erasure', 'the mail is recognised as one erasure request');
  const ticket = await kept.tickets.get(request.ticket);
  expect(ticket !== undefined, 'there is a ticket');
  const evidence = ticket.recognition?.rights[0]?.evidence ?? '';
  say.tell(`Recognised as an erasure request, by “${evidence}”.`, { ticket: ticket.number, request: request._id });

  const clock = await kept.requests.clock(request);
  say.tell(`The clock runs: the promise of 30 days ends on ${clock.promiseDue}, the statute's month on ${clock.due}.`, {
    alarm: request.dueOn,
  });

  await letterAbout(stage, 'mara@example.org', 'We have your request');
  await letterAbout(stage, 'mara@example.org', 'Please confirm');
  say.tell(
    'Two letters went out: an acknowledgement that reads the same for strangers, and a one-time link to the registered address.',
    {
      letters: (await lettersOf(stage, 'mara@example.org')).length,
    },
  );
  return request._id;
}
