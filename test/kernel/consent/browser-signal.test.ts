import { expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/index.ts';
import { signalled } from '../../../packages/core/src/kernel/consent/signalled.ts';

test.each([
  ['sdance-ai', ['analytics-cookies', 'performance-cookies'], ['communication.announcement']],
  ['seedance25', ['analytics-cookies'], []],
  ['seedream4', ['personalisation'], []],
  ['stripe-paypal-studio', [], []],
])(
  'Sec-GPC says no under %s to the flags that cookies wait for, and to announcements',
  async (pack, flags, purposes) => {
    expect(signalled(await loadPack(pack))).toEqual({ flags, purposes });
  },
);

test('and to whatever opens marketing or a sale', async () => {
  const pack = await loadPack('sdance-ai');
  const flag = {
    ...pack.consents[0],
    flag: 'partners',
    gates: { purposes: ['marketing.third-party'], categories: [] },
  };
  const listed = { ...pack.purposes[0], name: 'sale', objectable: true };
  const wider = { ...pack, consents: [...pack.consents, flag], purposes: [...pack.purposes, listed] } as typeof pack;
  expect(signalled(wider)).toEqual({
    flags: ['analytics-cookies', 'performance-cookies', 'partners'],
    purposes: ['communication.announcement', 'sale'],
  });
});
