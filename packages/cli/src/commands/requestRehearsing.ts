import { RIGHTS } from '@kept/core';
import { ANSWERED, type Command } from '../command.ts';
import { withKept } from '../open.ts';
import { answer, columns, plural } from '../output.ts';
import { oneOf } from '../readings.ts';
import { requestNamed } from '../requestNamed.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

export const requestRehearse: Command = {
  name: 'request rehearse',
  usage: '--right R --subject KEY',
  about: ['Looks, and neither writes nor sends anything.', ...engineAbout],
  takes: [0, 0],
  options: {
    ...engineOptions,
    right: { type: 'string', value: 'R', help: `one of ${RIGHTS.join(', ')}` },
    subject: { type: 'string', value: 'KEY', help: 'key of the account it would be about' },
  },
  async run(args, io) {
    const right = await oneOf(args.need('right'), RIGHTS, 'right', '--right');
    const subject = args.need('subject');
    return withKept(args, io, async (kept) => {
      const rehearsal = await kept.requests.rehearse(right, subject);
      answer(io, args, rehearsal, () => {
        const { regime, way, dueOn, found, plan, recipients } = rehearsal;
        const facts = [
          ['right', right],
          ['law', regime],
          ['way', way],
          ['due', dueOn],
          ['recipients', recipients.join(', ') || 'none'],
        ];
        const there = found.map(({ collection, records, files }) => [
          `  ${collection}`,
          plural(records, 'record'),
          plural(files, 'file'),
        ]);
        const lines = plan.map(({ action, collection, count }) => [`  ${action}`, collection, plural(count, 'record')]);
        const held = there.length > 0 ? `found\n${columns(there)}` : 'found nothing\n';
        return `${columns(facts)}${held}${lines.length > 0 ? `would do\n${columns(lines)}` : ''}`;
      });
      return ANSWERED;
    });
  },
};

export const requestPackage: Command = {
  name: 'request package',
  usage: 'ID',
  about: ['How far it is, and whether it was fetched. What is in it is for its person alone.', ...engineAbout],
  takes: [1, 1],
  options: engineOptions,
  async run(args, io) {
    return withKept(args, io, async (kept) => {
      const { _id } = await requestNamed(args, kept);
      const found = await kept.packages.ofRequest(_id);
      if (!found) throw new WrongQuestion('This request has no package', 'ID', 'kept request show says how it stands');
      answer(io, args, found, () => {
        const { state, parts, records, files, bytes, availableUntil, deliveredAt, missing } = found;
        const facts = [
          ['state', state],
          ['holds', `${plural(records, 'record')}, ${plural(files, 'file')}, ${bytes} bytes`],
          ['parts', String(parts.length)],
          ['until', availableUntil?.toISOString() ?? ''],
          ['delivered', deliveredAt?.toISOString() ?? 'not yet'],
          ['missing', String(missing.length)],
        ];
        return `${columns(facts)}${columns(missing.map((each) => [`  ${each}`]))}`;
      });
      return ANSWERED;
    });
  },
};
