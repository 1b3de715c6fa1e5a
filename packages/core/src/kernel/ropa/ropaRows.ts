import { isThirdCountry } from '../decide/thirdCountry.ts';
import { aboutSection } from '../notice/aboutSections.ts';
import { consentTerms } from '../notice/consentTerms.ts';
import type { Teller } from '../notice/noticeTeller.ts';
import { periodsOf } from '../notice/retentionSection.ts';
import type { Origin, RetentionRule } from '../policy/policy.ts';
import type { Activity, Ropa } from './composeRopa.ts';

/** Columns of the record as a table, in the order of Art 30(1) GDPR. */
export const ropaColumns: readonly string[] = [
  'controller',
  'contact',
  'purpose',
  'legal basis',
  'data subjects',
  'categories of data',
  'recipients',
  'third countries and safeguards',
  'time limits for erasure',
  'chosen by the operator',
  'measures',
  'told beside it',
  'promises',
];

const BETWEEN = ' | ';

/** One row an activity, in the words of the notice; several things in a cell are parted by bars. */
export function ropaRows({ controller, activities, measures, told }: Ropa, teller: Teller): string[][] {
  const { say, labels, country, list } = teller;
  const measured = measures.map(({ rule, label }) => labels.rule(rule, label)).join(BETWEEN);
  const beside = aboutSection(teller)
    .statements.map(({ text }) => text)
    .join(BETWEEN);
  const promised = told.flatMap((each) => each.clauses);
  return activities.map(({ rule, purpose, categories, recipients, erasure, clauses }) => [
    `${controller.name}, ${country(controller.country)}`,
    controller.contact,
    labels.rule(rule, purpose.label, ['purposes', purpose.name]),
    [say(['purposes', 'basis', purpose.basis]), ...consentTerms(purpose.name, purpose.categories, teller)].join('; '),
    say('ropa.subjects'),
    categories.map((name) => list('categories', [name])).join(BETWEEN),
    recipients
      .map(
        ({ name, label, kind }) =>
          `${labels.name(`recipients.${name}`, label)}: ${labels.word('recipientKinds', kind)}`,
      )
      .join(BETWEEN),
    recipients
      .flatMap(({ name, label, country: code, safeguard }) =>
        isThirdCountry(code, controller.country)
          ? [
              `${labels.name(`recipients.${name}`, label)}: ${country(code)}, ${safeguard === undefined ? say('none') : labels.word('safeguards', safeguard)}`,
            ]
          : [],
      )
      .join(BETWEEN),
    erasure
      .map((end) => `${list('categories', end.categories)}: ${periodsOf(end.rule, teller).join('; ')}`)
      .join(BETWEEN),
    chosen(erasure, teller),
    measured,
    beside,
    [...new Set([...clauses, ...promised])].join(BETWEEN),
  ]);
}

/** The categories of which any period is a number of the operator's. */
function chosen(erasure: Activity['erasure'], { list }: Teller): string {
  const origins = ({ keep, grace, otherwise, tiers }: RetentionRule): readonly (Origin | undefined)[] =>
    [keep, grace, otherwise, tiers, tiers?.grace].map((period) => period?.from);
  const by = erasure.filter(({ rule }) => origins(rule).includes('operator')).flatMap(({ categories }) => categories);
  return list('categories', by);
}
