import { covers } from '../policy/vocabulary.ts';
import { consentTerms } from './consentTerms.ts';
import type { NoticeSection } from './noticeDocument.ts';
import { chosenBy, type Teller } from './noticeTeller.ts';

/** What is collected, and what for. */
export function dataSections(teller: Teller): NoticeSection[] {
  return [categories(teller), purposes(teller)];
}

/** What does not come from the person was never theirs to give or to leave out. */
const ASKED = /\bthe person\b/;

function categories({ policy, words, labels, say, row }: Teller): NoticeSection {
  const sourceOf = (id: string, source: string): string =>
    words.has('sources', source) ? say(['sources', source]) : labels.rule(`${id}.source`, source);
  return {
    id: 'categories',
    heading: say('heading.categories'),
    statements: [],
    table: {
      head: ['what', 'source', 'required', 'held'].map((column) => say(['categories', 'head', column])),
      rows: policy.categories.map(({ name, label, source, required, held }) => {
        const id = `categories.${name}`;
        const refused = policy.never.some(({ to, categories }) => !to && categories.some((word) => covers(word, name)));
        return row(id, [
          labels.rule(id, label, ['categories', name]),
          sourceOf(id, source),
          say(`categories.${refused ? 'refused' : required ? 'required' : ASKED.test(source) ? 'optional' : 'arises'}`),
          say(refused ? 'categories.nowhere' : ['categories', 'held', held]),
        ]);
      }),
    },
  };
}

function purposes(teller: Teller): NoticeSection {
  const { policy, labels, say, row, list } = teller;
  return {
    id: 'purposes',
    heading: say('heading.purposes'),
    statements: [],
    table: {
      head: ['what', 'basis', 'data'].map((column) => say(['purposes', 'head', column])),
      rows: policy.purposes.map(({ name, label, basis, objectable, allowedUnderRestriction, aggregate, ...rest }) => {
        const id = `purposes.${name}`;
        const terms = [
          say(['purposes', 'basis', basis]),
          ...consentTerms(name, rest.categories, teller),
          ...(objectable ? [say('purposes.objectable')] : []),
          ...(allowedUnderRestriction ? [say('purposes.restricted')] : []),
          ...(aggregate ? [say('purposes.aggregate', { n: String(aggregate.minimumGroup) })] : []),
        ];
        const cells = [
          labels.rule(id, label, ['purposes', name]),
          terms.join('; '),
          list('categories', rest.categories),
        ];
        return row(id, cells, chosenBy(aggregate?.from));
      }),
    },
  };
}
