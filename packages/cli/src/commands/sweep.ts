import type { Kept, SweepReport } from '@kept/core';
import { ANSWERED, BAD_NEWS, type Command } from '../command.ts';
import { withKept } from '../open.ts';
import { answer, columns, paint } from '../output.ts';
import { oneOf } from '../readings.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';

export const sweep: Command = {
  name: 'sweep',
  usage: '[--dry-run] [--rule R]',
  about: [
    'What is due goes with KEPT_MODE=enforce only; observe counts and reports. Exits with 1 where a rule has stopped.',
    ...engineAbout,
  ],
  takes: [0, 0],
  options: {
    ...engineOptions,
    'dry-run': { type: 'boolean', help: 'counts and changes nothing, whatever the mode' },
    rule: { type: 'string', value: 'R', help: 'only this retention rule' },
  },
  async run(args, io) {
    const dryRun = args.flag('dry-run');
    const sweeping = async (kept: Kept): Promise<number> => {
      const wanted = args.text('rule')?.replace(/^retention\./, '');
      const ids = kept.policy.retention.map(({ id }) => id);
      const rule = wanted === undefined ? undefined : await oneOf(wanted, ids, 'retention rule', '--rule');
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

const HEAD = ['rule', 'mode', 'collection', 'due', 'erased', 'files', 'held'];

function linesOf({ rule, mode, collections }: SweepReport): string[][] {
  return collections.map(({ collection, due, erased, files, held }) => [
    rule,
    mode,
    collection,
    ...[due, erased, files, held].map(String),
  ]);
}
