import type { Policy, RetentionRule } from '../policy/policy.ts';
import type { Ropa } from './composeRopa.ts';

/** Columns of the record as a table, in the order of Art 30(1) GDPR. */
export const ropaColumns = [
  'controller',
  'contact',
  'purpose',
  'legalBasis',
  'dataSubjects',
  'categories',
  'recipients',
  'thirdCountries',
  'erasure',
  'measures',
  'clauses',
] as const;

export type RopaRow = Readonly<Record<(typeof ropaColumns)[number], string>>;

/** One row an activity, each cell in words; several things in a cell are parted by semicolons. */
export function ropaRows({ controller, activities, measures }: Ropa, policy: Policy): RopaRow[] {
  const labelOf = (name: string): string => policy.categories.find((one) => one.name === name)?.label ?? name;
  const measured = measures.map(({ label }) => label).join('; ');
  return activities.map(({ purpose, categories, recipients, erasure, clauses }) => ({
    controller: `${controller.name} (${controller.country})`,
    contact: controller.contact,
    purpose: purpose.label,
    legalBasis: purpose.basis,
    dataSubjects: 'people who use the service, and people who write to it',
    categories: categories.map(labelOf).join('; '),
    recipients: recipients.map(({ label, kind }) => `${label} (${kind})`).join('; '),
    thirdCountries: recipients
      .filter(({ safeguard }) => safeguard !== undefined)
      .map(({ label, country, safeguard }) => `${label}: ${country} (${safeguard})`)
      .join('; '),
    erasure: erasure.map((end) => `${end.categories.map(labelOf).join(', ')}: ${periodOf(end.rule)}`).join('; '),
    measures: measured,
    clauses: clauses.join('; '),
  }));
}

/** As the rule has it, with who gave the number. */
function periodOf({ keep, since, openEnded, otherwise, tiers, then }: RetentionRule): string {
  const bounds = [
    ...(keep.atLeast ? [`at least ${keep.atLeast}`] : []),
    ...(keep.atMost ? [`at most ${keep.atMost}`] : []),
    ...Object.entries(tiers?.atMost ?? {}).map(([value, atMost]) => `${tiers?.of} ${value} ${atMost}`),
  ];
  const start = keep.fromEndOf === 'year' ? `end of the year of ${since}` : since;
  const bound = otherwise ? `, otherwise ${otherwise.keep} from ${otherwise.since}` : '';
  const open = openEnded ? ', kept until then' : '';
  return `${bounds.join(', ')} from ${start}${bound}${open}, then ${then} (${keep.from})`;
}
