import { noticeShape } from './noticeShape.ts';
import { count, country, day, flag, oneOf, origin, period, residence, text, wordOf, zone } from './plainShape.ts';
import { retentionShape } from './retentionShape.ts';
import { fields, listOf, mapOf, maybe, need, or, type Shape } from './shape.ts';
import { definedWords, type Vocabulary } from './vocabulary.ts';
import type {
  WrittenCategory,
  WrittenClause,
  WrittenConsent,
  WrittenCookie,
  WrittenPolicy,
  WrittenPurpose,
  WrittenRecipient,
} from './writtenPolicy.ts';

type Sections = { readonly [K in keyof WrittenPolicy]-?: Shape<NonNullable<WrittenPolicy[K]>> };

/** What is meant by sections that a policy leaves out; the others are needed. */
export const whereSilent: { readonly [K in keyof WrittenPolicy]?: WrittenPolicy[K] | undefined } = {
  consents: {},
  cookies: {},
  security: {},
  children: undefined,
  visibility: undefined,
  transfers: undefined,
};

/** The sections of policy.yaml, each with its shape: all that may be written there. */
export function policyShape(vocabulary: Vocabulary): Sections {
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
        label: maybe(text),
        source: or(text, 'the person'),
        required: or(flag, false),
        held: or(oneOf('host', 'kept', 'device', 'recipient'), 'host'),
        clause,
      }),
      category,
    ),
    purposes: mapOf(
      fields<WrittenPurpose>({
        label: maybe(text),
        basis: need(
          oneOf('contract', 'consent', 'legal-obligation', 'legitimate-interest', 'vital-interest', 'public-task'),
        ),
        categories: need(listOf(category)),
        objectable: or(flag, false),
        allowedUnderRestriction: or(flag, false),
        aggregate: maybe(
          fields<NonNullable<WrittenPurpose['aggregate']>>({ minimumGroup: need(count), from: need(origin) }),
        ),
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
        needs: or(listOf(oneOf('generation-id', 'legal-reference', 'terms')), []),
        keeps: maybe(fields<NonNullable<WrittenRecipient['keeps']>>({ period: need(period), from: need(origin) })),
        trainsOnData: need(flag),
        limitedBy: maybe(text),
        clause,
      }),
    ),
    consents: mapOf(
      fields<WrittenConsent>({
        label: need(text),
        asks: or(oneOf('opt-in', 'opt-out'), 'opt-in'),
        givenIn: or(listOf(text), []),
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
        respondWithin: maybe(period),
        delay: maybe(
          fields<NonNullable<WrittenPolicy['rights'][string]['delay']>>({ period: need(period), from: need(origin) }),
        ),
        statedFor: maybe(listOf(category)),
        from: need(origin),
        clause,
      }),
      wordOf('right', known.rights),
    ),
    children: fields<NonNullable<WrittenPolicy['children']>>({
      minimumAge: need(count),
      byCountry: or(mapOf(count, residence), {}),
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
    visibility: fields<NonNullable<WrittenPolicy['visibility']>>({
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
        to: maybe(listOf(wordOf('recipient kind', known.recipientKinds))),
        recipientKinds: or(listOf(wordOf('recipient kind', known.recipientKinds)), []),
        unlisted: or(listOf(oneOf('purposes', 'recipients', 'categories')), []),
        exceptions: maybe(listOf(text)),
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
    transfers: fields<NonNullable<WrittenPolicy['transfers']>>({ safeguards: need(listOf(safeguard)), clause }),
    contact: fields<WrittenPolicy['contact']>({
      address: need(text),
      respondWithin: need(period),
      from: need(origin),
      clause,
    }),
    regimes: fields<WrittenPolicy['regimes']>({ fallback: need(text), clause }),
  };
}
