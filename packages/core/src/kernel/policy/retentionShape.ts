import { country, flag, oneOf, origin, period, text } from './plainShape.ts';
import type { Bounded, Tiers } from './retentionRule.ts';
import { fields, listOf, mapOf, maybe, need, oneOrMore, or, type Shape } from './shape.ts';
import type { WrittenKeep, WrittenRetention } from './writtenPolicy.ts';

const bounded = fields<Bounded>({ since: need(text), keep: need(period), from: need(origin) });

/** One rule of the section `retention`. */
export function retentionShape(category: Shape<string>, purpose: Shape<string>): Shape<WrittenRetention> {
  const byCountry = fields<NonNullable<WrittenKeep['byCountry']>[string]>({
    atLeast: need(period),
    fromEndOf: maybe(oneOf('year')),
    source: need(text),
  });
  return fields<WrittenRetention>({
    id: need(text),
    covers: need(oneOrMore(category)),
    keep: need(
      fields<WrittenKeep>({
        atMost: maybe(period),
        atLeast: maybe(period),
        fromEndOf: maybe(oneOf('year')),
        from: need(origin),
        source: maybe(text),
        byCountry: maybe(mapOf(byCountry, country)),
      }),
    ),
    since: need(text),
    openEnded: or(flag, false),
    unless: maybe(text),
    grace: maybe(bounded),
    otherwise: maybe(bounded),
    tiers: maybe(
      fields<Tiers>({ of: need(text), atMost: need(mapOf(period)), from: need(origin), grace: maybe(bounded) }),
    ),
    // biome-ignore lint/suspicious/noThenProperty: the word of the policy file; never awaited.
    then: or(oneOf('erase', 'redact'), 'erase'),
    onErasure: or(oneOf('erase', 'detach'), 'erase'),
    ground: maybe(fields<{ article: string; text: string }>({ article: need(text), text: need(text) })),
    onlyFor: maybe(listOf(purpose)),
    clause: need(text),
  });
}
