import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { variant } from '../../../examples/video-host/variants/seedream4/index.ts';
import { decidedBy, type Fact, type FactsTold, factsTold, toldIn } from './factsTold.ts';
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

test.each(facts)('$clause: the notice, the register and the report that a person got say it', async (fact) => {
  expect(toldIn(told, fact.clause)).toEqual(['notice', 'register', 'table', 'report']);
  const outcomes = fact.permits ? ['permitted', 'forbidden'] : [];
  expect(await decidedBy(the, the.person('ida').id, fact)).toEqual(outcomes);
});
