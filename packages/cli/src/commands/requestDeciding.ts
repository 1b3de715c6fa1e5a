import type { Kept, StaffMember, StoredRequest } from '@kept/core';
import { answerWithRequest } from '../answerWithRequest.ts';
import { ANSWERED, type Args, BAD_NEWS, type Command, type Option, type Options } from '../command.ts';
import { withKept } from '../open.ts';
import { requestNamed } from '../requestNamed.ts';
import { byOption, staffNamed } from '../staffNamed.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';

const hash: Option = { type: 'string', value: 'HASH', help: 'of the preview that was looked at' };
const until: Option = { type: 'string', value: 'DATE', help: 'its last day, where the law leaves that to the letter' };
const reason: Option = { type: 'string', value: 'TEXT', help: 'why, in words that the person will read' };

interface Step {
  readonly name: string;
  readonly usage: string;
  readonly options?: Options;
  /** Needs a privacy lead, as in the console. */
  readonly lead?: true;
  /** Options without which nobody needs to look at the database. */
  readonly needs: readonly string[];
  take(kept: Kept, request: StoredRequest, by: StaffMember, args: Args): Promise<StoredRequest>;
}

function step({ name, usage, options = {}, lead, needs, take }: Step): Command {
  return {
    name: `request ${name}`,
    usage: `ID ${usage}`,
    about: engineAbout,
    takes: [1, 1],
    options: { ...engineOptions, ...options, by: byOption },
    async run(args, io) {
      for (const option of [...needs, 'by']) args.need(option);
      return withKept(args, io, async (kept) => {
        const request = await requestNamed(args, kept);
        const by = await staffNamed(args, kept, lead && 'lead');
        const changed = await take(kept, request, by, args);
        await answerWithRequest(io, args, kept, changed);
        return ANSWERED;
      });
    },
  };
}

export const requestPreview: Command = step({
  name: 'preview',
  usage: '--by EMAIL',
  needs: [],
  take: (kept, { _id }, by) => kept.requests.preview(_id, by._id),
});

export const requestPropose: Command = step({
  name: 'propose',
  usage: '--hash HASH --by EMAIL',
  options: { hash },
  needs: ['hash'],
  take: (kept, { _id }, by, args) => kept.requests.propose(_id, by._id, args.need('hash')),
});

export const requestApprove: Command = step({
  name: 'approve',
  usage: '--hash HASH --by EMAIL',
  options: { hash },
  lead: true,
  needs: ['hash'],
  take: (kept, { _id }, by, args) => kept.requests.approve(_id, by._id, args.need('hash')),
});

export const requestExtend: Command = step({
  name: 'extend',
  usage: '--reason TEXT [--until DATE] --by EMAIL',
  options: { reason, until },
  lead: true,
  needs: ['reason'],
  take: (kept, { _id }, by, args) => kept.requests.extend(_id, by._id, args.need('reason'), args.text('until')),
});

export const requestRefuse: Command = step({
  name: 'refuse',
  usage: '--article ARTICLE --reason TEXT --by EMAIL',
  options: { article: { type: 'string', value: 'ARTICLE', help: 'such as "Art 12(5)(b) GDPR"' }, reason },
  lead: true,
  needs: ['article', 'reason'],
  take: (kept, { _id }, by, args) =>
    kept.requests.refuse(_id, by._id, { article: args.need('article'), reason: args.need('reason') }),
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
