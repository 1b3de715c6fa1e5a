import type { Kept, SweepReport } from '@kept/core';
import { ANSWERED, type Args, BAD_NEWS, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { withKept } from '../open.ts';
import { answer, columns, paint } from '../output.ts';
import { oneOf } from '../readings.ts';
import { byOption, staffNamed } from '../staffNamed.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';

export const sweep: Command = {
  name: 'sweep',
  usage: '[--dry-run] [--rule R] | --allow R --reason TEXT --by EMAIL',
  about: [
    'What is due goes with KEPT_MODE=enforce only; observe counts and reports. Exits with 1 where a rule has stopped.',
    '--allow signs for what a sweep was stopped at: two people, a privacy lead among them, let the next one through once.',
    ...engineAbout,
  ],
  takes: [0, 0],
  options: {
    ...engineOptions,
    'dry-run': { type: 'boolean', help: 'counts and changes nothing, whatever the mode' },
    rule: { type: 'string', value: 'R', help: 'only this retention rule' },
    allow: { type: 'string', value: 'R', help: 'sign for this rule, whose sweep has stopped; it counts for 24 hours' },
    reason: { type: 'string', value: 'TEXT', help: 'why so much may go' },
    by: byOption,
  },
  async run(args, io) {
    if (args.text('allow') !== undefined) return signFor(args, io);
    const dryRun = args.flag('dry-run');
    const sweeping = async (kept: Kept): Promise<number> => {
      const rule = await ruleNamed(args, kept, 'rule');
      const rules = await kept.retention.sweep({ dryRun, ...(rule && { rule }) });

      answer(io, args, { dryRun, rules }, () => {
        const rows = rules.flatMap(linesOf);
        const stopped = rules.flatMap(({ rule: id, stopped: why }) => (why ? [[`${id}:`, why]] : []));
        return `${columns([HEAD, ...rows])}${paint(io, 'bad', columns(stopped))}`;
      });
      return rules.some(({ stopped }) => stopped !== undefined) ? BAD_NEWS : ANSWERED;
    };
    return withKept(args, io, sweeping, { removes: ({ mode }) => mode === 'enforce' && !dryRun });
  },
};

/** One signature; it erases nothing by itself. */
function signFor(args: Args, io: Io): Promise<number> {
  const reason = args.need('reason');
  args.need('by');
  return withKept(args, io, async (kept) => {
    const rule = (await ruleNamed(args, kept, 'allow')) ?? '';
    const by = await staffNamed(args, kept);
    const { stop, signatures } = await kept.retention.allow(rule, by._id, reason);
    const signed = signatures.map((each) => ({ by: each.by, at: each.at.toISOString(), reason: each.reason }));
    answer(io, args, { rule, stop, signatures: signed }, () => {
      return `Signed for ${stop?.due} of ${stop?.total} records in ${stop?.collection}; signatures: ${signed.length}\n`;
    });
    return ANSWERED;
  });
}

async function ruleNamed(args: Args, kept: Kept, option: 'rule' | 'allow'): Promise<string | undefined> {
  const wanted = args.text(option)?.replace(/^retention\./, '');
  const ids = kept.policy.retention.map(({ id }) => id);
  return wanted === undefined ? undefined : oneOf(wanted, ids, 'retention rule', `--${option}`);
}

const HEAD = ['rule', 'mode', 'collection', 'due', 'erased', 'redacted', 'files', 'held'];

function linesOf({ rule, mode, collections }: SweepReport): string[][] {
  return collections.map(({ collection, due, erased, redacted = 0, files, held }) => [
    rule,
    mode,
    collection,
    ...[due, erased, redacted, files, held].map(String),
  ]);
}
