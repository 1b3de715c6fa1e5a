import { RIGHTS, type Right } from '@kept/core';
import { answerWithRequest } from '../answerWithRequest.ts';
import { ANSWERED, type Args, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { withKept } from '../open.ts';
import { oneOf } from '../readings.ts';
import { byOption, staffNamed } from '../staffNamed.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

export const requestOpen: Command = {
  name: 'request open',
  usage: '--right R (--address A | --test) --by EMAIL [--subject KEY] [--residence CODE] [--text T]',
  about: [
    'The person confirms it by a link to the registered address before anything happens.',
    'With --test it goes the whole way, its letters go to the staff member, and nothing of --subject changes.',
    ...engineAbout,
  ],
  takes: [0, 0],
  options: {
    ...engineOptions,
    right: { type: 'string', value: 'R', help: `one of ${RIGHTS.join(', ')}` },
    address: { type: 'string', value: 'A', help: 'where letters to the requester go' },
    subject: { type: 'string', value: 'KEY', help: 'key of the account it is about, where it is known' },
    residence: { type: 'string', value: 'CODE', help: 'where they live, such as DE or US-CA, where no record says' },
    text: { type: 'string', value: 'T', help: 'what the person said' },
    test: { type: 'boolean', help: 'a test request' },
    by: byOption,
  },
  async run(args, io) {
    const right = await oneOf(args.need('right'), RIGHTS, 'right', '--right');
    if (args.flag('test')) return openTest(args, io, right);
    const address = args.need('address');
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) {
      throw new WrongQuestion('That is no mail address', '--address', 'write name@example.com');
    }
    return withKept(args, io, async (kept) => {
      const by = await staffNamed(args, kept);
      const subject = args.text('subject');
      const residence = args.text('residence');
      const text = args.text('text') ?? `A request (${right}) that reached staff outside mail and app.`;
      const opened = await kept.requests.open({
        right,
        channel: 'staff',
        address,
        text,
        by: by._id,
        ...(subject && { subject }),
        ...(residence && { residence }),
      });
      await answerWithRequest(io, args, kept, opened);
      return ANSWERED;
    });
  },
};

async function openTest(args: Args, io: Io, right: Right): Promise<number> {
  const subject = args.need('subject');
  const real = ['address', 'residence', 'text'].find((option) => args.text(option) !== undefined);
  if (real !== undefined)
    throw new WrongQuestion(`A test request takes no --${real}`, `--${real}`, 'leave it or --test away');
  return withKept(args, io, async (kept) => {
    const by = await staffNamed(args, kept);
    const opened = await kept.requests.openTest({ right, subject, by: by._id });
    await answerWithRequest(io, args, kept, opened);
    return ANSWERED;
  });
}
