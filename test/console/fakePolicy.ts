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
  purposes: [{ name: 'legal.obligation', label: 'Follow the law' }],
  retention: papers.rules,
  residence: { DE: 'eu-gdpr', KR: 'kr-pipa', 'US-CA': 'us-ca' },
} as unknown as Policy;
