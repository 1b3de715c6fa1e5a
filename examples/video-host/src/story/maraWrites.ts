import { expect } from './expect.ts';
import { letterAbout, lettersOf, type Stage } from './stage.ts';
import { runJobs } from './walkClock.ts';
import { writeToSupport } from './writeToSupport.ts';

export const WORDS = `Hi there,

I had fun with your app but I am done with it. Please send me a copy of all my
data. Then delete everything you have about me: the videos, my key, all of it.

Mara`;

/** A plain mail comes in over SMTP and is recognised; the answer tells a stranger nothing. Answers the ids of what it asks for. */
export async function maraWrites(stage: Stage): Promise<{ readonly copy: string; readonly erasure: string }> {
  const { server, say } = stage;
  const { kept } = server;
  say.chapter('Mara writes a mail');
  say.show(WORDS.split('\n'));

  const from = 'Mara Lindqvist <mara@example.org>';
  const answer = await writeToSupport(stage, { from, subject: 'bye', text: WORDS });
  const stored = await kept.mail.counts();
  expect(stored.stored === 1, 'the raw mail is stored before the mailbox says yes');
  say.tell('The mailbox took it, after the raw bytes were stored under a key of their own.', {
    answer: answer.slice(0, 3),
  });

  await runJobs(kept);
  const { items } = await kept.requests.list({ status: 'open' });
  const copy = items.find(({ right }) => right === 'access');
  const erasure = items.find(({ right }) => right === 'erasure');
  const both = items.length === 2 && copy !== undefined && erasure !== undefined;
  expect(both, 'the mail is recognised as a request for a copy and one for erasure');
  const ticket = await kept.tickets.get(erasure.ticket);
  expect(ticket !== undefined && copy.ticket === ticket._id, 'there is one ticket');
  for (const { _id, right } of [copy, erasure]) {
    const evidence = ticket.recognition?.rights.find((each) => each.right === right)?.evidence ?? '';
    say.tell(`Recognised: ${right}, by “${evidence}”.`, { ticket: ticket.number, id: _id });
  }

  for (const request of [copy, erasure]) {
    const { promiseDue, due } = await kept.requests.clock(request);
    say.tell(`A clock of its own for ${request.right}: promised by ${promiseDue}, due by law on ${due}.`, {
      alarm: request.dueOn,
    });
  }

  await letterAbout(stage, 'mara@example.org', 'We have your request');
  await letterAbout(stage, 'mara@example.org', 'Please confirm');
  say.tell(
    'Two letters went out: an acknowledgement that reads the same for strangers, and a one-time link to the registered address.',
    {
      letters: (await lettersOf(stage, 'mara@example.org')).length,
    },
  );
  return { copy: copy._id, erasure: erasure._id };
}
