import { afterAll, beforeAll } from '@jest/globals';
import { variant } from '../../../examples/video-host/variants/stripe-paypal-studio/index.ts';
import { type Fact, type FactsTold, factsHold, factsTold } from './factsTold.ts';
import { type House, openHouse } from './openHouse.ts';

const facts: readonly Fact[] = [
  {
    clause: 'stripe-paypal-studio.collects.account',
    permits: ['service.account', 'account.contact'],
    denies: ['improvement', 'account.contact'],
  },
  {
    clause: 'stripe-paypal-studio.collects.prompts',
    permits: ['service.generation', 'generation.prompt'],
    denies: ['improvement', 'generation.prompt'],
  },
  {
    clause: 'stripe-paypal-studio.collects.technical',
    permits: ['improvement.debugging', 'log.network'],
    denies: ['improvement', 'log.network'],
  },
  {
    clause: 'stripe-paypal-studio.purpose.operate',
    permits: ['service.delivery', 'generation.output'],
    denies: ['service.generation', 'account.contact'],
  },
  {
    clause: 'stripe-paypal-studio.purpose.security',
    permits: ['safety.rate-limit', 'log.network'],
    denies: ['safety.rate-limit', 'generation.prompt'],
  },
  {
    clause: 'stripe-paypal-studio.purpose.improve',
    permits: ['improvement', 'log.performance'],
    denies: ['improvement', 'generation.output'],
  },
  {
    clause: 'stripe-paypal-studio.purpose.legal',
    permits: ['legal.obligation', 'payment.reference'],
    denies: ['legal.obligation', 'payment.card'],
  },
  {
    clause: 'stripe-paypal-studio.recipient.ai-and-hosting',
    permits: ['service.generation', 'generation.prompt', 'ai-provider'],
    denies: ['service.generation', 'account.contact', 'ai-provider'],
  },
  { clause: 'stripe-paypal-studio.notice.availability' },
];

let the: House;
let told: FactsTold;
beforeAll(async () => {
  the = await openHouse(variant, 'studio_facts');
  told = await factsTold(the, the.person('mara').email);
});
afterAll(() => the.close());

factsHold(facts, () => ({ house: the, told, subject: the.person('mara').id }));
