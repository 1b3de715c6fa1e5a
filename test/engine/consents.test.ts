import { afterAll, describe, expect, test } from '@jest/globals';
import { scene } from '../support/scene.ts';

const the = await scene();
const { kept } = the;
afterAll(() => the.close());

const training = { purpose: 'training', category: 'generation.output' } as const;
const outcome = async (subject: string, question: object = training): Promise<string> =>
  (await kept.decide({ ...training, ...question, subject })).outcome;

describe('consents', () => {
  test('denied by default, granted by a recorded consent, denied again from the next decision on (part of sdance-ai.never.training-without-consent)', async () => {
    expect(await outcome('ann')).toBe('forbidden');
    await kept.consents.give('ann', 'training', 'settings');
    expect(await outcome('ann')).toBe('permitted');
    the.clock.forward({ seconds: 1 });
    await kept.consents.withdraw('ann', 'training', 'settings');
    expect(await outcome('ann')).toBe('forbidden');
    expect(await kept.consents.history('ann')).toEqual([
      expect.objectContaining({ flag: 'training', what: 'given', version: 1 }),
      expect.objectContaining({ flag: 'training', what: 'withdrawn' }),
    ]);
  });

  test('the consent of one person, or for one flag, opens nothing else (part of sdance-ai.never.training-without-consent)', async () => {
    await kept.consents.give('bo', 'training', 'settings');
    expect(await outcome('cy')).toBe('forbidden');
    expect(await outcome('bo', { purpose: 'training.provider' })).toBe('forbidden');
  });

  test('withdrawing takes the one call that giving takes, and outlives a restored database (part of sdance-ai.right.withdraw)', async () => {
    const { length } = kept.consents.give;
    expect(kept.consents.withdraw).toHaveLength(length);
    await kept.consents.withdraw('di', 'training', 'settings');
    const entries = await the.ledger.entries();
    expect(entries.at(-1)).toMatchObject({ kind: 'consent-withdrawn', detail: 'training' });
    expect(JSON.stringify(entries)).not.toContain('"di"');
  });

  test('a restriction or a legal process outweighs a consent', async () => {
    await kept.consents.give('ed', 'training', 'settings');
    const hold = await kept.holds.place({ kind: 'restriction', subject: 'ed', ground: 'accuracy', by: 'lin' });
    expect(await outcome('ed')).toBe('forbidden');
    await kept.holds.lift(hold, 'lin');
    expect(await outcome('ed')).toBe('permitted');
  });

  test('a flag that the policy does not know is refused', async () => {
    await expect(kept.consents.give('flo', 'everything', 'settings')).rejects.toMatchObject({
      code: 'CONSENT_INVALID',
    });
  });

  test.each([
    ['everything'.repeat(1000), 'settings', 'CONSENT_INVALID'],
    [{ $ne: '' }, 'settings', 'CONSENT_INVALID'],
    ['training', { $ne: '' }, 'INPUT_INVALID'],
    ['training', 'x'.repeat(201), 'INPUT_INVALID'],
  ])('what is no flag and no place is refused and written nowhere: %.20j, %.20j', async (flag, source, code) => {
    for (const what of ['give', 'withdraw'] as const) {
      const refused = await kept.consents[what]('flo', flag as never, source as never).catch((error: Error) => error);
      expect(refused).toMatchObject({ code });
      expect(String(refused).length).toBeLessThan(250);
    }
    expect(await kept.consents.history('flo')).toEqual([]);
  });

  test('choices made at once are all kept', async () => {
    await Promise.all([1, 2, 3].map(() => kept.consents.give('gus', 'training', 'settings')));
    expect(await kept.consents.history('gus')).toHaveLength(3);
  });

  test('every choice is in the evidence', async () => {
    await kept.evidence.sequence();
    const types = (await kept.evidence.entries()).map((entry) => entry.type);
    expect(types).toEqual(expect.arrayContaining(['ConsentGiven', 'ConsentWithdrawn']));
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });
  });
});
