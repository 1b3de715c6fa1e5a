import type { Kept } from '@kept/core';
import { answerWithRequest } from '../answerWithRequest.ts';
import { ANSWERED, BAD_NEWS, type Command, type Option } from '../command.ts';
import { withKept } from '../open.ts';
import { requestNamed } from '../requestNamed.ts';
import { requestStep } from '../requestStep.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';

const hash: Option = { type: 'string', value: 'HASH', help: 'of the preview that was looked at' };
const until: Option = { type: 'string', value: 'DATE', help: 'its last day, where the law leaves that to the letter' };
const reason: Option = { type: 'string', value: 'TEXT', help: 'why, in words that the person will read' };

export const requestPreview: Command = requestStep({
  name: 'preview',
  usage: '--by EMAIL',
  needs: [],
  take: (kept, { _id }, by) => kept.requests.preview(_id, by._id),
});

export const requestPropose: Command = requestStep({
  name: 'propose',
  usage: '--hash HASH --by EMAIL',
  options: { hash },
  settles: 'propose',
  needs: ['hash'],
  take: (kept, { _id }, by, args) => kept.requests.propose(_id, by._id, args.need('hash')),
});

export const requestApprove: Command = requestStep({
  name: 'approve',
  usage: '--hash HASH --by EMAIL',
  options: { hash },
  settles: 'approve',
  needs: ['hash'],
  take: (kept, { _id }, by, args) => kept.requests.approve(_id, by._id, args.need('hash')),
});

export const requestExtend: Command = requestStep({
  name: 'extend',
  usage: '--reason TEXT [--until DATE] --by EMAIL',
  options: { reason, until },
  settles: 'extend',
  needs: ['reason'],
  take: (kept, { _id }, by, args) => kept.requests.extend(_id, by._id, args.need('reason'), args.text('until')),
});

export const requestRefuse: Command = requestStep({
  name: 'refuse',
  usage: '(--ground ID | --article ARTICLE) --reason TEXT [--until DATE] --by EMAIL',
  options: {
    ground: { type: 'string', value: 'ID', help: 'a ground of the law that the request runs under' },
    article: { type: 'string', value: 'ARTICLE', help: 'where no ground fits, such as "Art 12(5)(b) GDPR"' },
    reason,
    until: { type: 'string', value: 'DATE', help: 'the day on which the ground ends, where it has one' },
  },
  settles: 'refuse',
  needs: ['reason'],
  take(kept, { _id }, by, args) {
    const [ground, article, until] = [args.text('ground'), args.text('article'), args.text('until')];
    return kept.requests.refuse(_id, by._id, {
      ...(ground && { ground }),
      ...(article && { article }),
      ...(until && { until }),
      reason: args.need('reason'),
    });
  },
});

export const requestRelease: Command = requestStep({
  name: 'release',
  usage: '--reason TEXT --by EMAIL',
  about: ['Lets an approved erasure go without the copy that its person asked for first. Tell the person as well.'],
  options: { reason: { ...reason, help: 'why they do not get it' } },
  settles: 'release',
  needs: ['reason'],
  take: (kept, { _id }, by, args) => kept.requests.eraseWithoutCopy(_id, by._id, args.need('reason')),
});

export const requestWithdraw: Command = requestStep({
  name: 'withdraw',
  usage: '--by EMAIL',
  about: ['On the word of the person; an approved erasure as long as the policy leaves time to stop it.'],
  needs: [],
  take: (kept, { _id }, by) => kept.requests.withdraw(_id, by._id),
});

export const requestLook: Command = requestStep({
  name: 'look',
  usage: '[--stays REASON] --by EMAIL',
  about: [
    'After an erasure that found the person still named: once that was ended by hand, or where it lawfully stays.',
  ],
  options: { stays: { ...reason, value: 'REASON', help: 'leaves it there, for this reason; tell the person as well' } },
  needs: [],
  take(kept, { _id }, by, args) {
    const stays = args.text('stays');
    return stays ? kept.requests.leaveAsItIs(_id, by._id, stays) : kept.requests.lookAgain(_id, by._id);
  },
});

export const requestRun: Command = {
  name: 'request run',
  usage: 'ID',
  about: ['Stops where a person is needed; exits with 1 where something could not be fulfilled.', ...engineAbout],
  takes: [1, 1],
  options: engineOptions,
  async run(args, io) {
    const running = async (kept: Kept): Promise<number> => {
      const { _id } = await requestNamed(args, kept);
      const request = await kept.requests.run(_id);
      await answerWithRequest(io, args, kept, request);
      return request.status === 'partly-fulfilled' ? BAD_NEWS : ANSWERED;
    };
    return withKept(args, io, running, { removes: () => true });
  },
};
