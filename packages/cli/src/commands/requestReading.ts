import { answerWithRequest, summariseRequest } from '../answerWithRequest.ts';
import { ANSWERED, type Command } from '../command.ts';
import { withKept } from '../open.ts';
import { answer, columns, plural } from '../output.ts';
import { oneOf, wholeNumber } from '../readings.ts';
import { requestNamed } from '../requestNamed.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';

export const requestList: Command = {
  name: 'request list',
  usage: '[--status open|closed] [--tests] [--limit N]',
  about: engineAbout,
  takes: [0, 0],
  options: {
    ...engineOptions,
    status: { type: 'string', value: 'open|closed', help: 'all where absent' },
    tests: { type: 'boolean', help: 'test requests, which are listed apart' },
    limit: { type: 'string', value: 'N', help: 'at most so many; 50 where absent' },
  },
  async run(args, io) {
    const text = args.text('status');
    const status =
      text === undefined ? undefined : await oneOf(text, ['open', 'closed'] as const, 'status', '--status');
    const limit = wholeNumber(args.text('limit') ?? '50', '--limit', 1, 10_000);
    return withKept(args, io, async (kept) => {
      const { items, total } = await kept.requests.list({
        limit,
        tests: args.flag('tests'),
        ...(status && { status }),
      });
      const requests = items.map(summariseRequest);
      answer(io, args, { total, requests }, () => {
        const rows = requests.map((each) => [each.dueOn, each.status, each.right, each.id]);
        return `${columns(rows)}${plural(total, 'request')}\n`;
      });
      return ANSWERED;
    });
  },
};

export const requestShow: Command = {
  name: 'request show',
  usage: 'ID',
  about: engineAbout,
  takes: [1, 1],
  options: engineOptions,
  async run(args, io) {
    return withKept(args, io, async (kept) => {
      const request = await requestNamed(args, kept);
      await answerWithRequest(io, args, kept, request);
      return ANSWERED;
    });
  },
};
