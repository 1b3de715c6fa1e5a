import { afterAll, expect, test } from '@jest/globals';
import { scene } from '../support/scene.ts';

const the = await scene();
const { kept } = the;
afterAll(() => the.close());

const measure = { purpose: 'analytics.usage', category: 'log.cookie' };
const announce = { purpose: 'communication.announcement', category: 'account.contact' };
const training = { purpose: 'training', category: 'generation.output' };
const outcome = async (subject: string, question: { purpose: string; category: string }): Promise<string> =>
  (await kept.decide({ ...question, subject })).outcome;
const later = (): Date => the.clock.forward({ seconds: 1 });

test('the first request with Sec-GPC takes back cookies and announcements, and nothing that it does not speak of (part of sdance-ai.cookie.control)', async () => {
  for (const flag of ['analytics-cookies', 'training']) await kept.consents.give('ann', flag, 'settings');
  later();
  expect(await kept.signals.heed('ann')).toEqual({
    flags: ['analytics-cookies', 'performance-cookies'],
    purposes: ['communication.announcement'],
  });
  expect([await outcome('ann', measure), await outcome('ann', announce), await outcome('ann', training)]).toEqual([
    'forbidden',
    'forbidden',
    'permitted',
  ]);
  expect((await kept.consents.history('ann')).at(-1)).toMatchObject({ what: 'withdrawn', source: 'Sec-GPC' });
});

test('what is said on the site afterwards stands, whatever the browser goes on sending', async () => {
  await kept.consents.withdraw('bo', 'analytics-cookies', 'settings');
  later();
  await kept.signals.heed('bo');
  later();
  await kept.consents.give('bo', 'analytics-cookies', 'settings');
  await kept.objections.withdraw('bo', 'communication.announcement', 'settings');
  later();
  expect(await kept.signals.heed('bo')).toEqual({ flags: [], purposes: [] });
  expect([await outcome('bo', measure), await outcome('bo', announce)]).toEqual(['permitted', 'permitted']);
  expect((await kept.consents.history('bo')).filter(({ source }) => source === 'Sec-GPC')).toHaveLength(2);
});

test('what is no subject is refused', async () => {
  await expect(kept.signals.heed({ $ne: '' } as never)).rejects.toMatchObject({ code: 'SUBJECT_INVALID' });
});
