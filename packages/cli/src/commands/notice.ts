import { loadNotice, type NoticeFormat, noticeLanguages, renderNotice } from '@kept/core';
import { ANSWERED, type Command } from '../command.ts';
import { answer, plural } from '../output.ts';
import { packPath } from '../packAt.ts';
import { oneOf } from '../readings.ts';

const FORMATS: readonly NoticeFormat[] = ['html', 'md'];

export const notice: Command = {
  name: 'notice',
  usage: 'DIR [--format html|md] [--lang en|de]',
  about: [
    'DIR is a folder with policy.yaml and inventory.yaml, or the name of a pack.',
    'The notice is written from the rules that the engine works by; each statement carries the ids of its clauses.',
    'Labels in another language stand in DIR/<lang>.yaml; those that nobody wrote stay in English, and are named on stderr.',
  ],
  takes: [1, 1],
  options: {
    format: {
      type: 'string',
      value: 'html|md',
      help: 'a page that needs nothing beside it, or Markdown; html where absent',
    },
    lang: { type: 'string', value: 'en|de', help: 'language of the notice; en where absent' },
  },
  async run(args, io) {
    const format = await oneOf<NoticeFormat>(
      (args.text('format') ?? 'html') as NoticeFormat,
      FORMATS,
      'format',
      '--format',
    );
    const language = await oneOf(args.text('lang') ?? 'en', await noticeLanguages(), 'language', '--lang');
    const document = await loadNotice(await packPath(args.positionals[0] ?? '', io), language);

    const written = args.json ? '' : await renderNotice(document, format);
    answer(io, args, document, () => written);
    const { untranslated } = document;
    if (untranslated.length > 0)
      io.err(`kept notice: ${plural(untranslated.length, 'label')} stand in English: ${untranslated.join(', ')}\n`);
    return ANSWERED;
  },
};
