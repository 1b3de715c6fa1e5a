import { text } from './plainShape.ts';
import { fields, isMapping, listOf, maybe, need, type Shape } from './shape.ts';
import type { Mistake, PolicySource } from './source.ts';
import { spotOf } from './spot.ts';

/** What each published notice promises, in our words: the list that the packs are measured by. */
export interface RegisteredPack {
  readonly pack: string;
  readonly service: string;
  readonly contact: string;
  readonly clauses: readonly RegisteredClause[];
}

export interface RegisteredClause {
  readonly id: string;
  readonly kind: string;
  readonly says: string;
  /** What a test must show; `fact` where stating it is all. */
  readonly proof: string;
}

const packs: Shape<readonly RegisteredPack[]> = listOf(
  fields<RegisteredPack & { lastUpdated?: string }>({
    pack: need(text),
    service: need(text),
    contact: need(text),
    lastUpdated: maybe(text),
    clauses: need(
      listOf(fields<RegisteredClause>({ id: need(text), kind: need(text), says: need(text), proof: need(text) })),
    ),
  }),
);

/** Reads the register; without one, no pack is measured. */
export function registerOf(source: PolicySource | undefined, mistakes: Mistake[]): readonly RegisteredPack[] {
  if (source === undefined) return [];
  const written = isMapping(source.data) ? source.data.packs : undefined;
  return packs(written, spotOf(source, mistakes, ['packs'])) ?? [];
}
