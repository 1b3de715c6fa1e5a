import { type DisclosureProposal, type Kept, proposalState } from '@kept/core';
import { ANSWERED, type Args, type Command, type Option, type Options } from '../command.ts';
import { withKept } from '../open.ts';
import { answer, columns, plural } from '../output.ts';
import { staffNames } from '../presentProposal.ts';
import { byOption, staffNamed } from '../staffNamed.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';

const option = (value: string, help: string): Option => ({ type: 'string', value, help });

const scope: Options = {
  recipient: option('R', 'who asks for it, as the policy names them'),
  subject: option('KEY', 'whose data: the key of the account'),
  category: { ...option('C', 'a category that goes; may be given more than once'), multiple: true },
  purpose: option('U', 'what for'),
  reference: option('TEXT', 'reference of the order, claim or contract'),
  reason: option('TEXT', 'why, for whoever reads the evidence later'),
};

interface Step {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  readonly options?: Options;
  /** Needs a privacy lead, as in the console. */
  readonly lead?: true;
  readonly needs: readonly string[];
  take(kept: Kept, by: string, args: Args): Promise<DisclosureProposal>;
}

function step({ name, usage, about, options = {}, lead, needs, take }: Step): Command {
  const takes = usage.startsWith('ID') ? 1 : 0;
  return {
    name: `disclosure ${name}`,
    usage,
    about: [about, ...engineAbout],
    takes: [takes, takes],
    options: { ...engineOptions, ...options, by: byOption },
    async run(args, io) {
      for (const each of [...needs, 'by']) args.need(each);
      return withKept(args, io, async (kept) => {
        const by = await staffNamed(args, kept, lead && 'lead');
        const proposal = await take(kept, by._id, args);
        const shown = presented(proposal, await staffNames(kept), kept.clock.now());
        answer(io, args, shown, () => text([shown]));
        return ANSWERED;
      });
    },
  };
}

export const disclosurePropose: Command = step({
  name: 'propose',
  usage: '--recipient R --subject KEY --category C… --purpose U --reference TEXT --reason TEXT --by EMAIL',
  about: 'Proposes exactly one disclosure under a legal reference. The policy is asked first.',
  options: scope,
  needs: ['recipient', 'subject', 'purpose', 'reference', 'reason'],
  take: (kept, by, args) => {
    const [recipient, subject, purpose, reference, reason] = [
      'recipient',
      'subject',
      'purpose',
      'reference',
      'reason',
    ].map((each) => args.need(each)) as [string, string, string, string, string];
    const categories = args.texts('category');
    return kept.disclosures.propose({ recipient, subject, categories, purpose, reference, reason, by });
  },
});

export const disclosureApprove: Command = step({
  name: 'approve',
  usage: 'ID --by EMAIL',
  about: 'A privacy lead who did not propose it approves it; it may be made once, within a week.',
  lead: true,
  needs: [],
  take: (kept, by, { positionals: [id = ''] }) => kept.disclosures.approve(id, by),
});

export const disclosureWithdraw: Command = step({
  name: 'withdraw',
  usage: 'ID --by EMAIL',
  about: 'Takes a proposal back before it is made.',
  needs: [],
  take: (kept, by, { positionals: [id = ''] }) => kept.disclosures.withdraw(id, by),
});

export const disclosureList: Command = {
  name: 'disclosure list',
  usage: '',
  about: ['What is proposed and approved, the newest first.', ...engineAbout],
  takes: [0, 0],
  options: engineOptions,
  async run(args, io) {
    return withKept(args, io, async (kept) => {
      const { items, total } = await kept.disclosures.proposals({ status: 'open', limit: 200 });
      const nameOf = await staffNames(kept);
      const proposals = items.map((each) => presented(each, nameOf, kept.clock.now()));
      answer(io, args, { total, proposals }, () => `${text(proposals)}${plural(total, 'open proposal')}\n`);
      return ANSWERED;
    });
  },
};

type Shown = ReturnType<typeof presented>;

function presented(proposal: DisclosureProposal, nameOf: (id: string) => string, now: Date) {
  const { _id, recipient, subject, categories, purpose, reference, reason, by, at, approved } = proposal;
  return {
    ...{ id: _id, state: proposalState(proposal, now), recipient, subject, categories, purpose, reference, reason },
    ...{ by: nameOf(by), at: at.toISOString() },
    ...(approved && { approvedBy: nameOf(approved.by), until: approved.until.toISOString() }),
  };
}

/** No account: a list is read over shoulders. */
function text(shown: readonly Shown[]): string {
  return columns(
    shown.map(({ id, state, recipient, purpose, reference, by }) => [id, state, recipient, purpose, reference, by]),
  );
}
