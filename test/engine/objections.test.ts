import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Kept, loadPack, type Question } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';

const the = await scene();
const { kept } = the;
afterAll(() => the.close());

const generate = { purpose: 'service.generation', category: 'generation.prompt' };
const account = { purpose: 'service.account', category: 'account.contact' };
const improve = { purpose: 'improvement', category: 'usage.interaction' };
const debug = { purpose: 'improvement.debugging', category: 'log.error' };
const measure = { purpose: 'analytics.usage', category: 'log.cookie' };
const announce = { purpose: 'communication.announcement', category: 'account.contact' };
const notify = { purpose: 'communication.notice', category: 'account.contact' };
const training = { purpose: 'training', category: 'generation.output' };

const outcome = async (subject: string, question: Question, by: Kept = kept): Promise<string> =>
  (await by.decide({ ...question, subject })).outcome;
const object = async (subject: string, purpose: string): Promise<void> => {
  await kept.objections.object(subject, purpose, 'settings');
  the.clock.forward({ seconds: 1 });
};
const takeBack = async (subject: string, purpose: string): Promise<void> => {
  await kept.objections.withdraw(subject, purpose, 'settings');
  the.clock.forward({ seconds: 1 });
};
const agree = async (subject: string, flag: string): Promise<void> => {
  await kept.consents.give(subject, flag, 'settings');
  the.clock.forward({ seconds: 1 });
};

describe('an objection', () => {
  test('sdance-ai.right.objection: to improvement or to analytics denies it from the next decision on, and leaves the service as it was', async () => {
    await agree('ann', 'analytics-cookies');
    expect([await outcome('ann', improve), await outcome('ann', measure)]).toEqual(['permitted', 'permitted']);

    await object('ann', 'improvement');
    const refused = await kept.decide({ ...improve, subject: 'ann' });
    expect(refused.outcome).toBe('forbidden');
    expect(refused.because).toEqual([
      expect.objectContaining({ rule: 'rights.objection', clause: 'sdance-ai.right.objection' }),
    ]);
    expect([await outcome('ann', debug), await outcome('ann', measure)]).toEqual(['forbidden', 'permitted']);

    await object('ann', 'analytics');
    expect(await outcome('ann', measure)).toBe('forbidden');
    for (const question of [generate, account, announce, notify]) {
      expect([question, await outcome('ann', question)]).toEqual([question, 'permitted']);
    }
    expect([await outcome('bo', improve), await outcome('bo', debug)]).toEqual(['permitted', 'permitted']);
  });

  test('to announcements stops these and no other letter, whether named alone or with all letters', async () => {
    for (const [subject, purpose] of [
      ['cy', 'communication.announcement'],
      ['di', 'communication'],
    ] as const) {
      expect(await outcome(subject, announce)).toBe('permitted');
      await object(subject, purpose);
      expect([purpose, await outcome(subject, announce), await outcome(subject, notify)]).toEqual([
        purpose,
        'forbidden',
        'permitted',
      ]);
    }
  });

  test('is heeded at once by another process, and so is what is taken back', async () => {
    const other = await the.restart();
    expect(await outcome('ed', improve, other)).toBe('permitted');
    await object('ed', 'improvement');
    expect(await outcome('ed', improve, other)).toBe('forbidden');
    await takeBack('ed', 'improvement');
    expect(await outcome('ed', improve, other)).toBe('permitted');
  });

  test('to a purpose that nothing lets people object to is refused with the nearest word, and loses nothing', async () => {
    await object('flo', 'improvement');
    const before = [await kept.objections.history('flo'), (await the.ledger.entries()).length];
    for (const [purpose, remedy] of [
      ['service.generation', /use one of|did you mean/],
      ['improvment', 'did you mean "improvement"?'],
      ['legal', /use one of|did you mean/],
      ['everything'.repeat(6000), /use one of/],
      [{ $ne: '' } as never, /use one of/],
      [undefined as never, /use one of/],
    ] as const) {
      for (const what of ['object', 'withdraw'] as const) {
        const refused = await kept.objections[what]('flo', purpose, 'settings').catch((error: unknown) => error);
        expect(refused).toMatchObject({
          code: 'OBJECTION_INVALID',
          place: 'purpose',
          remedy: expect.stringMatching(remedy),
        });
        expect(String(refused).length).toBeLessThan(250);
      }
    }
    expect([await kept.objections.history('flo'), (await the.ledger.entries()).length]).toEqual(before);
    expect(await outcome('flo', improve)).toBe('forbidden');
    expect(await kept.objections.history('nobody')).toEqual([]);
  });

  test('outlives a restored database by a keyed hash, and names nobody outside it', async () => {
    await object('gus-of-the-ledger', 'improvement');
    const entries = await the.ledger.entries();
    expect(entries.at(-1)).toMatchObject({ kind: 'objection', service: 'sdance-ai', detail: 'improvement' });
    expect(entries.at(-1)?.subject).toBe(await the.keys.mac('ledger', 'gus-of-the-ledger'));
    expect(JSON.stringify(entries)).not.toContain('gus-of-the-ledger');
  });

  test('is kept with all that were made at once, each with the version and the place', async () => {
    const purposes = ['improvement', 'communication.announcement', 'business-transfer'];
    await Promise.all(purposes.map((purpose) => kept.objections.object('hal', purpose, 'settings')));
    const history = await kept.objections.history('hal');
    expect(history.map(({ purpose }) => purpose).sort()).toEqual([...purposes].sort());
    for (const each of history) expect(each).toMatchObject({ what: 'objected', version: 1, source: 'settings' });
    expect(await the.db.collection('kept_objections').countDocuments({ subject: 'hal' })).toBe(1);
  });

  test('is in the evidence, and so is what is taken back', async () => {
    await object('ida', 'improvement');
    await takeBack('ida', 'improvement');
    await kept.evidence.sequence();
    const stored = await the.db.collection('kept_objections').findOne({ subject: 'ida' });
    const entries = await kept.evidence.entries({ kind: 'objections', id: String(stored?._id) });
    expect(entries.map(({ type }) => type)).toEqual(['ObjectionMade', 'ObjectionWithdrawn']);
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });
  });
});

describe('taking an objection back', () => {
  test('takes the one call that objecting takes, and allows again what was denied', async () => {
    expect(kept.objections.withdraw).toHaveLength(kept.objections.object.length);
    await object('jo', 'improvement');
    await takeBack('jo', 'improvement');
    expect([await outcome('jo', improve), await outcome('jo', debug)]).toEqual(['permitted', 'permitted']);
    await object('jo', 'improvement');
    expect(await outcome('jo', improve)).toBe('forbidden');
  });

  test('of a part leaves the rest objected to; of the whole, nothing', async () => {
    await object('kim', 'improvement');
    await takeBack('kim', 'improvement.debugging');
    expect([await outcome('kim', improve), await outcome('kim', debug)]).toEqual(['forbidden', 'permitted']);
    await object('kim', 'improvement.debugging');
    await takeBack('kim', 'improvement');
    expect([await outcome('kim', improve), await outcome('kim', debug)]).toEqual(['permitted', 'permitted']);
  });

  test('gives no consent that the objection took: that takes a new yes', async () => {
    await agree('leo', 'training');
    expect(await outcome('leo', training)).toBe('permitted');
    await object('leo', 'training');
    expect(await outcome('leo', training)).toBe('forbidden');
    await takeBack('leo', 'training');
    expect(await outcome('leo', training)).toBe('forbidden');
    await agree('leo', 'training');
    expect(await outcome('leo', training)).toBe('permitted');
  });
});

describe('the pack seedance25', () => {
  let other: Scene;
  beforeAll(async () => {
    other = await scene({ policy: await loadPack('seedance25') });
  });
  afterAll(() => other.close());

  test('seedance25.right.object: an objection to analytics or improvement denies these from the next decision on, and leaves the service as it was', async () => {
    const asks = async (question: Question): Promise<string> => outcome('ann', question, other.kept);
    const group = { purpose: 'analytics.usage', category: 'usage.interaction', group: 50 };
    const arrival = { purpose: 'analytics.acquisition', category: 'usage.attribution', group: 50 };
    expect(await Promise.all([improve, group, arrival].map(asks))).toEqual(['permitted', 'permitted', 'permitted']);

    await other.kept.objections.object('ann', 'improvement', 'settings');
    expect(await Promise.all([improve, group, arrival].map(asks))).toEqual(['forbidden', 'permitted', 'permitted']);
    await other.kept.objections.object('ann', 'analytics', 'settings');
    expect(await Promise.all([improve, group, arrival].map(asks))).toEqual(['forbidden', 'forbidden', 'forbidden']);
    const service = [generate, account, { purpose: 'service.support', category: 'support.conversation' }];
    expect(await Promise.all(service.map(asks))).toEqual(['permitted', 'permitted', 'permitted']);
  });
});
