import { afterAll, beforeAll } from '@jest/globals';
import { variant } from '../../../examples/video-host/variants/seedream4/index.ts';
import { type Fact, type FactsTold, factsHold, factsTold } from './factsTold.ts';
import { type House, openHouse } from './openHouse.ts';

const facts: readonly Fact[] = [
  {
    clause: 'seedream4.purpose.account',
    permits: ['service.account', 'account.contact'],
    denies: ['service.account', 'generation.prompt'],
  },
  {
    clause: 'seedream4.purpose.improvement',
    permits: ['improvement', 'usage.interaction'],
    denies: ['improvement', 'account.contact'],
  },
  {
    clause: 'seedream4.collects.device',
    permits: ['service.compatibility', 'log.device'],
    denies: ['improvement', 'log.device'],
  },
  {
    clause: 'seedream4.cookie.preferences',
    permits: ['service.preferences', 'log.cookie.preference'],
    denies: ['service.personalisation', 'log.cookie.preference'],
  },
  { clause: 'seedream4.notice.changes' },
];

let the: House;
let told: FactsTold;
beforeAll(async () => {
  the = await openHouse(variant, 'seedream4_facts');
  told = await factsTold(the, the.person('ida').email);
});
afterAll(() => the.close());

factsHold(facts, () => ({ house: the, told, subject: the.person('ida').id }));
