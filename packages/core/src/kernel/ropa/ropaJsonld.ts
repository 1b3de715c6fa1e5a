import type { Policy } from '../policy/policy.ts';
import type { Bounded, RetentionRule } from '../policy/retentionRule.ts';
import type { Word } from '../policy/vocabulary.ts';
import type { Activity, Ropa } from './composeRopa.ts';

type Node = { readonly [key: string]: unknown };

/** Namespaces of W3C DPV 2.3, and one of our own for what it has no checked property for. Nothing is fetched to read it. */
const context = {
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  ai: 'https://w3id.org/dpv/ai#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  'eu-aiact': 'https://w3id.org/dpv/legal/eu/aiact#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  term: 'urn:kept:term:',
  controller: 'term:controller',
  contact: 'term:contact',
  name: 'term:name',
  country: 'term:country',
  version: 'term:version',
  clause: { '@id': 'term:clause', '@container': '@set' },
  activity: { '@id': 'term:activity', '@container': '@set' },
  purpose: { '@id': 'term:purpose', '@type': '@id', '@container': '@set' },
  legalBasis: { '@id': 'term:legalBasis', '@type': '@id', '@container': '@set' },
  personalData: { '@id': 'term:personalData', '@container': '@set' },
  recipient: { '@id': 'term:recipient', '@container': '@set' },
  safeguard: { '@id': 'term:safeguard', '@type': '@id', '@container': '@set' },
  storage: { '@id': 'term:storage', '@container': '@set' },
  atMost: { '@id': 'term:atMost', '@type': 'xsd:duration' },
  atLeast: { '@id': 'term:atLeast', '@type': 'xsd:duration' },
  since: 'term:since',
  fromEndOf: 'term:fromEndOf',
  unless: 'term:unless',
  grace: 'term:grace',
  otherwise: 'term:otherwise',
  tier: { '@id': 'term:tier', '@container': '@set' },
  trait: 'term:trait',
  value: 'term:value',
  dataSubject: { '@id': 'term:dataSubject', '@container': '@set' },
  from: 'term:from',
  operation: { '@id': 'term:operation', '@type': '@id' },
  measure: { '@id': 'term:measure', '@container': '@set' },
  told: { '@id': 'term:told', '@container': '@set' },
} as const;

const bases: Readonly<Record<Policy['purposes'][number]['basis'], readonly string[]>> = {
  contract: ['dpv:ContractPerformance', 'eu-gdpr:A6-1-b'],
  consent: ['dpv:Consent', 'eu-gdpr:A6-1-a'],
  'legal-obligation': ['dpv:LegalObligation', 'eu-gdpr:A6-1-c'],
  'legitimate-interest': ['dpv:LegitimateInterestOfController', 'eu-gdpr:A6-1-f'],
  'vital-interest': ['dpv:VitalInterest', 'eu-gdpr:A6-1-d'],
  'public-task': ['dpv:PublicInterest', 'eu-gdpr:A6-1-e'],
};

/** Whoever the data is about, by how they come to be here. */
const SUBJECTS = ['people who use the service', 'people who write to it'];

const operations = { erase: 'dpv:Erase', redact: 'dpv:Erase' } as const;

/** The record as JSON-LD that names W3C DPV terms and expands without a network. */
export function ropaJsonld(ropa: Ropa, { vocabulary }: Policy): Node {
  const iri = (rule: string): string => `urn:kept:${ropa.pack}:${rule}`;
  const dpv = (words: readonly Word[], name: string): readonly string[] =>
    words.find((word) => word.name === name)?.dpv ?? [];

  const storage = ({ rule, categories }: Activity['erasure'][number]): Node => ({
    '@id': iri(`retention.${rule.id}`),
    '@type': ['dpv:StorageDuration', 'dpv:TemporalDuration'],
    personalData: categories.map((name) => ({ '@id': iri(`categories.${name}`) })),
    ...periodOf(rule),
    operation: operations[rule.then],
  });

  return {
    '@context': context,
    '@id': iri(`ropa:${ropa.version}`),
    '@type': 'dpv:ROPA',
    version: ropa.version,
    controller: { name: ropa.controller.name, contact: ropa.controller.contact, country: ropa.controller.country },
    activity: ropa.activities.map((activity) => ({
      '@id': iri(activity.rule),
      name: activity.purpose.label,
      purpose: dpv(vocabulary.purposes, activity.purpose.name),
      legalBasis: bases[activity.purpose.basis],
      dataSubject: SUBJECTS,
      personalData: activity.categories.map((name) => {
        const types = dpv(vocabulary.categories, name);
        return { '@id': iri(`categories.${name}`), ...(types.length > 0 && { '@type': types }), name };
      }),
      recipient: activity.recipients.map(({ name, label, country, kind, safeguard }) => {
        const types = dpv(vocabulary.recipientKinds, kind);
        return {
          '@id': iri(`recipients.${name}`),
          ...(types.length > 0 && { '@type': types }),
          name: label,
          country,
          ...(safeguard && { safeguard: dpv(vocabulary.safeguards, safeguard) }),
        };
      }),
      storage: activity.erasure.map(storage),
      clause: activity.clauses,
    })),
    measure: ropa.measures.map(({ rule, label, clauses }) => ({ '@id': iri(rule), name: label, clause: clauses })),
    told: ropa.told.map(({ rule, clauses }) => ({ '@id': iri(rule), clause: clauses })),
  };
}

/** All that moves the end of the data, so that nobody computes a date from half of it. */
function periodOf({ keep, since, unless, grace, otherwise, tiers }: RetentionRule): Node {
  const bounded = ({ keep: atMost, since: start, from }: Bounded): Node => ({ atMost, since: start, from });
  return {
    ...(keep.atMost && { atMost: keep.atMost }),
    ...(keep.atLeast && { atLeast: keep.atLeast }),
    ...(keep.fromEndOf && { fromEndOf: keep.fromEndOf }),
    since,
    from: keep.from,
    ...(unless && { unless }),
    ...(grace && { grace: { atLeast: grace.keep, since: grace.since, from: grace.from } }),
    ...(otherwise && { otherwise: bounded(otherwise) }),
    ...(tiers && { tier: Object.entries(tiers.atMost).map(([value, atMost]) => ({ trait: tiers.of, value, atMost })) }),
  };
}
