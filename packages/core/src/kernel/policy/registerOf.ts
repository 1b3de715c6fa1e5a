import { day, oneOf, text } from './plainShape.ts';
import { fields, isMapping, listOf, maybe, need, type Shape } from './shape.ts';
import type { Mistake, PolicySource } from './source.ts';
import { spotOf } from './spot.ts';

/** What each published notice promises, in our words: the list that the packs are measured by. */
export interface RegisteredPack {
  readonly pack: string;
  readonly service: string;
  readonly contact: string;
  /** The day that the notice names as its last update, where it names one. */
  readonly lastUpdated?: string;
  readonly clauses: readonly RegisteredClause[];
}

export interface RegisteredClause {
  readonly id: string;
  readonly kind: string;
  readonly says: string;
  /** What a test must show; `fact` where stating it is all. */
  readonly proof: string;
}

const kind = oneOf(
  'collects',
  'purpose',
  'recipient',
  'never',
  'security',
  'retention',
  'right',
  'consent',
  'cookie',
  'children',
  'transfer',
  'visibility',
  'notice',
  'contact',
);

const packs: Shape<readonly RegisteredPack[]> = listOf(
  fields<RegisteredPack>({
    pack: need(text),
    service: need(text),
    contact: need(text),
    lastUpdated: maybe(day),
    clauses: need(
      listOf(fields<RegisteredClause>({ id: need(text), kind: need(kind), says: need(text), proof: need(text) })),
    ),
  }),
);

/** Reads the register; without one, no pack is measured. */
export function registerOf(source: PolicySource | undefined, mistakes: Mistake[]): readonly RegisteredPack[] {
  if (source === undefined) return [];
  const written = isMapping(source.data) ? source.data.packs : undefined;
  return packs(written, spotOf(source, mistakes, ['packs'])) ?? [];
}
