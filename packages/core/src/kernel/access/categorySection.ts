import type { Category } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import type { HeldCollection, ReportSection } from './accessReport.ts';
import { periodsFor } from './periodsFor.ts';
import { plain, type ReportTeller } from './reportTeller.ts';
import { valuesAt } from './valuesAt.ts';

/** Every category of the policy: what there is of it, from whom, what for, who may get it and how long it stays. */
export function categorySection(teller: ReportTeller): ReportSection {
  const { policy, tell, labels, rowOf } = teller;
  return {
    id: 'data',
    heading: tell('heading.data'),
    statements: [plain(tell('data.intro'))],
    table: {
      head: ['what', 'held', 'source', 'purposes', 'recipients', 'period'].map((name) => tell(['data', 'head', name])),
      rows: policy.categories.map((category) => {
        const rule = `categories.${category.name}`;
        return rowOf(rule, [
          { text: labels.rule(rule, category.label, ['categories', category.name]) },
          heldCell(category, teller),
          { text: sourceOf(category, teller) },
          { text: purposesOf(category, teller) },
          { text: recipientsOf(category, teller) },
          { text: periodsFor(category, teller).join('; ') || tell('none') },
        ]);
      }),
    },
  };
}

/** What is held and shown to nobody, such as passwords: that it is there, and never the value (§7024(d) of the CCPA's rules). */
export function hiddenSection({ facts, policy, tell, list }: ReportTeller): ReportSection[] {
  const hidden = facts.held
    .filter(({ records }) => records > 0)
    .flatMap(({ collection, shown }) => collection.fields.filter(({ path }) => !shown.includes(path)))
    .map(({ category }) => category);
  if (hidden.length === 0) return [];
  const names = policy.categories.map(({ name }) => name).filter((name) => hidden.includes(name));
  return [
    {
      id: 'hidden',
      heading: tell('heading.hidden'),
      statements: names.map((name) => ({
        ...plain(tell('hidden.sentence', { what: list('categories', [name]) })),
        rule: `categories.${name}`,
      })),
    },
  ];
}

/** The collections of the host in which a category is held. */
export function holdersOf({ facts }: ReportTeller, category: string): HeldCollection[] {
  return facts.held.filter(
    ({ records, collection }) => records > 0 && collection.fields.some((field) => field.category === category),
  );
}

function heldCell({ name, held }: Category, teller: ReportTeller): { text: string; href?: string } {
  const { facts, policy, tell, say, count } = teller;
  const refused = policy.never.some(({ to, categories }) => !to && categories.some((word) => covers(word, name)));
  if (refused) return { text: say('categories.nowhere') };
  if (held === 'device' || held === 'recipient') return { text: say(['categories', 'held', held]) };
  const ours = facts.own.filter(({ category }) => covers(category, name) || covers(name, category));
  const theirs = holdersOf(teller, name);
  const counts = [...ours.map((each) => each.records), ...theirs.map((each) => recordsWith(name, each))];
  const records = counts.reduce((sum, each) => sum + each, 0);
  if (records === 0) return { text: tell('data.nothing') };
  const isShown =
    ours.length > 0 ||
    theirs.some(({ collection, shown }) =>
      collection.fields.some((field) => field.category === name && shown.includes(field.path)),
    );
  const href = theirs.find(({ file }) => file !== undefined)?.file ?? ours[0]?.file;
  const text = count('record', records);
  if (!isShown) return { text: tell('data.hidden', { records: text }) };
  return { text, ...(href !== undefined && { href }) };
}

/** Of records that are all at hand it is known in which of them something is; of others, and of what is hidden, at most that. */
function recordsWith(category: string, { collection, records, shown, some }: HeldCollection): number {
  const fields = collection.fields.filter((field) => field.category === category);
  const isKnown = some.length === records && fields.every(({ path }) => shown.includes(path));
  if (!isKnown) return records;
  const isThere = ({ data }: HeldCollection['some'][number]): boolean =>
    fields.some(({ path }) => valuesAt(data, path).some((value) => value !== null && value !== ''));
  return some.filter(isThere).length;
}

function sourceOf({ name, source }: Category, { words, say, labels }: ReportTeller): string {
  return words.has('sources', source) ? say(['sources', source]) : labels.rule(`categories.${name}.source`, source);
}

/** The ground of each purpose stands once, with the purposes. */
function purposesOf({ name }: Category, { policy, tell, labels }: ReportTeller): string {
  const all = policy.purposes
    .filter(({ categories }) => categories.some((word) => covers(word, name)))
    .map(({ name: purpose, label }) => labels.rule(`purposes.${purpose}`, label, ['purposes', purpose]));
  return all.join('; ') || tell('none');
}

function recipientsOf({ name }: Category, { policy, tell, country, labels }: ReportTeller): string {
  const all = policy.recipients
    .filter(({ categories }) => categories.some((word) => covers(word, name)))
    .map((each) => {
      const safeguard = each.safeguard === undefined ? '' : `, ${labels.word('safeguards', each.safeguard)}`;
      return `${labels.name(`recipients.${each.name}`, each.label)} (${country(each.country)}${safeguard})`;
    });
  return all.join('; ') || tell('none');
}
