import type { Kept, Policy, PolicyProposal } from '@kept/core';
import { ANSWERED, type Args, type Command, type Option, type Options } from '../command.ts';
import type { Io } from '../io.ts';
import { withKept } from '../open.ts';
import { answer, columns, plural } from '../output.ts';
import { packAt } from '../packAt.ts';
import { presentProposal, proposalText, staffNames } from '../presentProposal.ts';
import { byOption, staffNamed } from '../staffNamed.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

const reason: Option = { type: 'string', value: 'TEXT', help: 'why, for whoever reads the evidence later' };

interface Step {
  readonly name: string;
  readonly usage: string;
  readonly about: readonly string[];
  readonly options?: Options;
  readonly needs: readonly string[];
  take(kept: Kept, what: string, by: string, args: Args, io: Io): Promise<PolicyProposal>;
}

function step({ name, usage, about, options = {}, needs, take }: Step): Command {
  return {
    name: `policy ${name}`,
    usage,
    about: [...about, ...engineAbout],
    takes: [1, 1],
    options: { ...engineOptions, ...options, by: byOption },
    async run(args, io) {
      for (const option of [...needs, 'by']) args.need(option);
      const [what = ''] = args.positionals;
      return withKept(withPack(args, what, io), io, async (kept) => {
        const by = await staffNamed(args, kept);
        const proposal = await take(kept, what, by._id, args, io);
        const nameOf = await staffNames(kept);
        answer(io, args, presentProposal(proposal, nameOf), () => proposalText(proposal, nameOf, io));
        return ANSWERED;
      });
    },
  };
}

export const policyPropose: Command = step({
  name: 'propose',
  usage: 'DIR --reason TEXT --by EMAIL',
  about: [
    'Puts a changed policy to staff: a file is a proposal, and the database holds the version that is worked by.',
  ],
  options: { reason },
  needs: ['reason'],
  take: async (kept, dir, by, args, io) => kept.policies.propose(await packAt(dir, io), by, args.need('reason')),
});

export const policyApprove: Command = step({
  name: 'approve',
  usage: 'HASH|DIR --by EMAIL',
  about: [
    'What loosens nothing is active once a privacy lead signs. What loosens needs two people, a privacy lead among them,',
    'and becomes active 24 hours after the second signature.',
  ],
  needs: [],
  take: async (kept, what, by, _args, io) => kept.policies.approve(await hashNamed(kept, what, io), by),
});

export const policyWithdraw: Command = step({
  name: 'withdraw',
  usage: 'HASH|DIR --reason TEXT --by EMAIL',
  about: ['Takes a proposal back before it is active.'],
  options: { reason },
  needs: ['reason'],
  take: async (kept, what, by, args, io) =>
    kept.policies.withdraw(await hashNamed(kept, what, io), by, args.need('reason')),
});

export const policyList: Command = {
  name: 'policy list',
  usage: '',
  about: ['The version that is worked by, what is proposed, and what was active before.', ...engineAbout],
  takes: [0, 0],
  options: engineOptions,
  async run(args, io) {
    return withKept(args, io, async (kept) => {
      const [history, proposals, nameOf] = [
        await kept.policies.history(),
        await kept.policies.proposals(),
        await staffNames(kept),
      ];
      const past = history.map(({ hash, version, since, counts, by, tells }) => ({
        ...{ version, hash, since: since.toISOString(), ...counts, tells },
        ...(by && { proposedBy: nameOf(by.proposed), approvedBy: by.approved.map(nameOf) }),
      }));
      const document = {
        active: past.at(-1),
        proposals: proposals.map((each) => presentProposal(each, nameOf)),
        history: past,
      };
      answer(io, args, document, () => {
        const rows = past.map(({ version, hash, since, loosening, material }, index) => [
          index === past.length - 1 ? 'active' : 'before',
          `version ${version}`,
          hash.slice(0, 12),
          `since ${since}`,
          `${loosening} loosening, ${material} material`,
        ]);
        const open = proposals.map((each) => `\n${proposalText(each, nameOf, io)}`).join('');
        return `${columns(rows)}${plural(proposals.length, 'proposal')}\n${open}`;
      });
      return ANSWERED;
    });
  },
};

/** Where nobody names the pack of the installation, a folder that is proposed is its own. */
function withPack(args: Args, what: string, { env }: Io): Args {
  const named = args.text('pack') ?? (env.KEPT_PACK || (isHash(what) ? undefined : what));
  return { ...args, text: (option) => (option === 'pack' ? named : args.text(option)) };
}

function isHash(what: string): boolean {
  return /^[0-9a-f]{8,64}$/.test(what);
}

/** A hash, or the first eight letters of one that is proposed, or the folder that holds its files. */
async function hashNamed(kept: Kept, what: string, io: Io): Promise<string> {
  if (!isHash(what)) return ((await packAt(what, io)) satisfies Policy).hash;
  const hashes = (await kept.policies.proposals()).map(({ hash }) => hash).filter((hash) => hash.startsWith(what));
  if (hashes.length > 1) throw new WrongQuestion('Several proposals begin like this', 'HASH', 'write more of it');
  return hashes[0] ?? what;
}
