import { definedWords, loadVocabulary, regimeIds } from '@kept/core';
import { ANSWERED, type Command } from '../command.ts';
import { answer, columns, paint } from '../output.ts';

export const vocabulary: Command = {
  name: 'vocabulary',
  usage: '',
  takes: [0, 0],
  options: {},
  async run(args, io) {
    const words = await loadVocabulary();
    const { categories, purposes, recipientKinds, rights } = definedWords(words);
    const document = { categories, purposes, recipientKinds, rights, regimes: await regimeIds() };

    answer(io, args, document, () => {
      const all = [words.categories, words.purposes, words.recipientKinds, words.rights].flat();
      const labels = new Map(all.map(({ name, label }) => [name, label]));
      const list = (title: string, names: readonly string[]): string =>
        `${paint(io, 'strong', title)}\n${columns(names.map((name) => [`  ${name}`, labels.get(name) ?? '']))}`;
      return [
        list('Categories', categories),
        list('Purposes', purposes),
        list('Recipient kinds', recipientKinds),
        list('Rights', rights),
        list('Regimes', document.regimes),
      ].join('\n');
    });
    return ANSWERED;
  },
};
