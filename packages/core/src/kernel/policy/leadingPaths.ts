import type { Collection } from './inventory.ts';

/** Fields that say whose a record is, what it is about, which one it came from, and of which kind it is. */
export function leadingPaths({ subject, about, lineage, when, leads = [] }: Collection): string[] {
  return [
    subject.by === 'self' ? subject.key : subject.field,
    ...(about ? [about.field] : []),
    ...(lineage ? [lineage.parent] : []),
    ...(when ? [when.field] : []),
    ...leads,
  ];
}
