import { type Kept, type Settled, type StaffMember, type StoredRequest, settledBy } from '@kept/core';
import { answerWithRequest } from './answerWithRequest.ts';
import { ANSWERED, type Args, type Command, type Options } from './command.ts';
import type { Io } from './io.ts';
import { withKept } from './open.ts';
import { requestNamed } from './requestNamed.ts';
import { byOption, staffNamed } from './staffNamed.ts';
import { engineAbout, engineOptions } from './surroundings.ts';

interface Step {
  readonly name: string;
  readonly usage: string;
  readonly about?: readonly string[];
  readonly options?: Options;
  /** What it settles: a privacy lead is asked for where the engine has one decide it. */
  readonly settles?: Settled;
  /** Options without which nobody needs to look at the database. */
  readonly needs: readonly string[];
  take(kept: Kept, request: StoredRequest, by: StaffMember, args: Args, io: Io): Promise<StoredRequest>;
}

/** A command by which one staff member takes one request further. */
export function requestStep({ name, usage, about = [], options = {}, settles, needs, take }: Step): Command {
  return {
    name: `request ${name}`,
    usage: `ID ${usage}`,
    about: [...about, ...engineAbout],
    takes: [1, 1],
    options: { ...engineOptions, ...options, by: byOption },
    async run(args, io) {
      for (const option of [...needs, 'by']) args.need(option);
      return withKept(args, io, async (kept) => {
        const request = await requestNamed(args, kept);
        const isForLeads = settles !== undefined && settledBy(settles, request) === 'lead';
        const by = await staffNamed(args, kept, isForLeads ? 'lead' : undefined);
        const changed = await take(kept, request, by, args, io);
        await answerWithRequest(io, args, kept, changed);
        return ANSWERED;
      });
    },
  };
}
