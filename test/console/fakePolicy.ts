import type { Policy } from '../../packages/console/src/kept.ts';
import * as papers from './correspondence.ts';
import * as scene from './scene.ts';

/** As much of a policy as the console reads. */
export const fakePolicy: Policy = {
  pack: scene.SERVICE,
  controller: {
    name: 'Sdance AI',
    contact: 'support@example.test',
    country: 'DE',
    zone: 'Europe/Berlin',
    regime: 'eu-gdpr',
  },
  rights: [
    { right: 'erasure', executor: 'engine', respondWithin: 'P30D', from: 'notice', clause: 'x' },
    { right: 'rectification', executor: 'engine', from: 'notice', clause: 'x' },
    { right: 'objection', executor: 'engine', from: 'notice', clause: 'x' },
    { right: 'access', executor: 'staff', respondWithin: 'P30D', from: 'notice', clause: 'x' },
  ],
  recipients: [
    {
      name: 'authorities',
      label: 'Public authorities',
      needs: ['legal-reference'],
      categories: ['account', 'payment'],
      purposes: ['legal.obligation'],
    },
  ],
  purposes: [
    { name: 'legal.obligation', label: 'Follow the law', categories: ['account'] },
    {
      name: 'service.improvement',
      label: 'Make the service better',
      basis: 'legitimate-interest',
      objectable: true,
      categories: ['account'],
    },
  ],
  consents: [],
  categories: [],
  visibility: { staffPurposes: ['legal.obligation'] },
  vocabulary: { purposes: [], categories: [] },
  inventory: {
    files: [{ name: 'media', store: 's3', derived: [] }],
    collections: [
      {
        name: 'users',
        subject: { by: 'self', key: '_id', addresses: ['email'] },
        anchors: {},
        predicates: {},
        fields: [
          { path: 'name', category: 'account.profile', export: 'always' },
          { path: 'credits', category: 'account.profile', export: 'always' },
          { path: 'passwordHash', category: 'account.credential', export: 'never' },
        ],
      },
      {
        name: 'generations',
        subject: { by: 'reference', field: 'userId' },
        anchors: {},
        predicates: {},
        fields: [{ path: 'outputs[].file', category: 'generation.output', export: 'always', file: 'media' }],
      },
    ],
  },
  retention: papers.rules,
  residence: { DE: 'eu-gdpr', KR: 'kr-pipa', 'US-CA': 'us-ca' },
} as unknown as Policy;
