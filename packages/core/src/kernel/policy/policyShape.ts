import { count, country, day, flag, oneOf, origin, period, text, wordOf, zone } from './plainShape.ts';
import { fields, listOf, mapOf, maybe, need, oneOrMore, or, type Shape } from './shape.ts';
import { definedWords, type Vocabulary } from './vocabulary.ts';
import type {
  WrittenCategory,
  WrittenClause,
  WrittenConsent,
  WrittenCookie,
  WrittenKeep,
  WrittenNotice,
  WrittenPolicy,
  WrittenPurpose,
  WrittenRecipient,
  WrittenRetention,
} from './writtenPolicy.ts';

/** The sections of policy.yaml, each with its shape: all that may be written there. */
export function policyShape(vocabulary: Vocabulary): { readonly [K in keyof WrittenPolicy]: Shape<WrittenPolicy[K]> } {
  const known = definedWords(vocabulary);
  const category = wordOf('category', known.categories);
  const purpose = wordOf('purpose', known.purposes);
  const safeguard = wordOf('safeguard', known.safeguards);
  const clause = need(text);

  return {
    pack: text,
    version: count,
    controller: fields<WrittenPolicy['controller']>({
      name: need(text),
      contact: need(text),
      country: need(country),
      zone: need(zone),
      regime: need(text),
    }),
    clauses: listOf(
      fields<WrittenClause>({ id: need(text), 'kept-by': need(listOf(text)), kind: maybe(text), says: maybe(text) }),
    ),
    categories: mapOf(
      fields<WrittenCategory>({
        label: need(text),
        source: or(text, 'the person'),
        required: or(flag, false),
        held: or(oneOf('host', 'kept', 'device', 'recipient'), 'host'),
        clause,
      }),
      category,
    ),
    purposes: mapOf(
      fields<WrittenPurpose>({
        label: need(text),
        basis: need(
          oneOf('contract', 'consent', 'legal-obligation', 'legitimate-interest', 'vital-interest', 'public-task'),
        ),
        categories: need(listOf(category)),
        objectable: or(flag, false),
        allowedUnderRestriction: or(flag, false),
        clause,
      }),
      purpose,
    ),
    recipients: mapOf(
      fields<WrittenRecipient>({
        label: need(text),
        kind: need(wordOf('recipient kind', known.recipientKinds)),
        country: need(country),
        safeguard: maybe(safeguard),
        agreement: maybe(
          fields<NonNullable<WrittenRecipient['agreement']>>({
            reference: need(text),
            signed: need(day),
            expires: need(day),
          }),
        ),
        categories: need(listOf(category)),
        purposes: need(listOf(purpose)),
        terms: maybe(text),
        needs: or(listOf(oneOf('generation-id', 'legal-reference')), []),
        keeps: maybe(fields<NonNullable<WrittenRecipient['keeps']>>({ period: need(period), from: need(origin) })),
        trainsOnData: need(flag),
        limitedBy: maybe(text),
        clause,
      }),
    ),
    consents: mapOf(
      fields<WrittenConsent>({
        label: need(text),
        default: or(oneOf('given', 'withheld'), 'withheld'),
        gates: need(
          fields<WrittenConsent['gates']>({
            purposes: need(listOf(purpose)),
            categories: need(listOf(category)),
            recipients: maybe(listOf(text)),
          }),
        ),
        clause,
      }),
    ),
    retention: listOf(retentionShape(category, purpose)),
    rights: mapOf(
      fields<WrittenPolicy['rights'][string]>({
        executor: need(oneOf('engine', 'staff')),
        respondWithin: need(period),
        from: need(origin),
        clause,
      }),
      wordOf('right', known.rights),
    ),
    children: fields<WrittenPolicy['children']>({
      minimumAge: need(count),
      byCountry: or(mapOf(count, country), {}),
      clause,
    }),
    cookies: mapOf(
      fields<WrittenCookie>({
        needsConsent: need(flag),
        consent: maybe(text),
        technologies: or(listOf(text), ['cookie']),
        clause,
      }),
    ),
    visibility: fields<WrittenPolicy['visibility']>({
      default: need(oneOf('private', 'public')),
      content: need(listOf(category)),
      staffPurposes: need(listOf(purpose)),
      clause,
    }),
    notice: noticeShape,
    never: mapOf(
      fields<WrittenPolicy['never'][string]>({
        label: need(text),
        purposes: or(listOf(purpose), []),
        categories: or(listOf(category), []),
        recipientKinds: or(listOf(wordOf('recipient kind', known.recipientKinds)), []),
        unlisted: or(listOf(oneOf('purposes', 'recipients', 'categories')), []),
        clause,
      }),
    ),
    security: mapOf(
      fields<WrittenPolicy['security'][string]>({
        label: need(text),
        by: need(oneOf('kept', 'host', 'operator')),
        every: maybe(
          fields<{ period: string; from: 'notice' | 'statute' | 'operator' }>({
            period: need(period),
            from: need(origin),
          }),
        ),
        clause,
      }),
    ),
    transfers: fields<WrittenPolicy['transfers']>({ safeguards: need(listOf(safeguard)), clause }),
    contact: fields<WrittenPolicy['contact']>({
      address: need(text),
      respondWithin: need(period),
      from: need(origin),
      clause,
    }),
    regimes: fields<WrittenPolicy['regimes']>({ fallback: need(text), clause }),
  };
}

function retentionShape(category: Shape<string>, purpose: Shape<string>): Shape<WrittenRetention> {
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
    grace: maybe(
      fields<NonNullable<WrittenRetention['grace']>>({ since: need(text), keep: need(period), from: need(origin) }),
    ),
    // biome-ignore lint/suspicious/noThenProperty: the word of the policy file; never awaited.
    then: or(oneOf('erase', 'anonymise'), 'erase'),
    onErasure: or(oneOf('erase', 'detach'), 'erase'),
    ground: maybe(fields<{ article: string; text: string }>({ article: need(text), text: need(text) })),
    onlyFor: maybe(listOf(purpose)),
    clause: need(text),
  });
}

const noticeShape: Shape<WrittenNotice> = fields<WrittenNotice>({
  lastUpdated: maybe(day),
  clause: need(text),
  thirdParties: maybe(
    fields<NonNullable<WrittenNotice['thirdParties']>>({ listed: or(listOf(text), []), clause: need(text) }),
  ),
  acceptance: maybe(
    fields<NonNullable<WrittenNotice['acceptance']>>({ by: need(oneOf('use', 'act')), clause: need(text) }),
  ),
});
