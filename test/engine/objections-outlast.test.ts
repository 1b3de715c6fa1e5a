import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept, PlanLine, Question } from '@kept/core';
import { type Life, life } from '../faults/mortal.ts';
import { aPerson } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approved, confirmed, DELETE, mail } from './case.ts';
import { becomesActive, versionWith } from './newVersion.ts';

let the: Scene;
let kept: Kept;

beforeEach(async () => {
  the = await scene({ policy: versionWith(1) });
  kept = the.kept;
});
afterEach(() => the.close());

const improve: Question = { purpose: 'improvement', category: 'usage.interaction' };
const outcome = async (subject: string, more: { collected?: Date } = {}): Promise<string> =>
  (await kept.decide({ ...improve, ...more, subject })).outcome;

/** The lines of the preview that are about choices. */
async function choicesOf(address: string): Promise<{ id: string; lines: readonly PlanLine[] }> {
  await mail(kept, address, DELETE);
  const request = await confirmed(the, kept, address);
  const lines = 'preview' in request ? request.preview.lines : [];
  return { id: request._id, lines: lines.filter(({ categories }) => categories.some((one) => /^choice\./.test(one))) };
}

describe('an objection of somebody who is erased', () => {
  test('stays with its ground, counted with the consents in one line', async () => {
    const mara = await aPerson(the, 'mara@example.org', { videos: 1 });
    await kept.consents.give(mara.key, 'training', 'settings');
    await kept.objections.object(mara.key, 'improvement', 'settings');
    const { id, lines } = await choicesOf(mara.address);
    expect(lines).toEqual([
      expect.objectContaining({
        collection: 'kept.consents',
        categories: ['choice.consent', 'choice.objection'],
        action: 'keep',
        count: 2,
        rule: 'retention.choices',
        ground: expect.objectContaining({ article: 'Art 7(1) GDPR' }),
      }),
    ]);

    await approved(kept, id);
    await kept.requests.advance();
    const done = await again(kept, id);
    expect(done.status).toBe('fulfilled');
    expect(done.carriedOut).toContainEqual(expect.objectContaining({ collection: 'kept.consents', count: 2, done: 0 }));
    expect(await the.db.collection('users').countDocuments()).toBe(0);
    expect(await kept.objections.history(mara.key)).toMatchObject([{ purpose: 'improvement', what: 'objected' }]);
    expect(await outcome(mara.key)).toBe('forbidden');
  });

  test('is named as what it is where there was nothing else', async () => {
    const una = await aPerson(the, 'una@example.org', { videos: 0 });
    await kept.objections.object(una.key, 'improvement', 'settings');
    const { lines } = await choicesOf(una.address);
    expect(lines).toEqual([
      expect.objectContaining({
        collection: 'kept.consents',
        categories: ['choice.objection'],
        action: 'keep',
        count: 1,
      }),
    ]);
  });

  test('has a line of its own where the policy keeps objections by another rule', async () => {
    const ground = '{ article: Art 5(2) GDPR, text: that an objection was heard must remain provable }';
    const own = [
      '    covers: [choice.objection]',
      '    keep: { atMost: P3Y, fromEndOf: year, from: operator, source: Art 5(2) GDPR }',
      '    since: choiceEnded',
      '    openEnded: true',
      '    onErasure: detach',
      `    ground: ${ground}`,
      '    clause: sdance-ai.retention.as-necessary',
      '  - id: choices',
      '    covers: [choice.consent]',
    ];
    const policy = versionWith(1, ['  - id: choices\n    covers: [choice]', `  - id: objections\n${own.join('\n')}`]);
    await the.close();
    the = await scene({ policy });
    kept = the.kept;
    const vic = await aPerson(the, 'vic@example.org', { videos: 0 });
    await kept.consents.give(vic.key, 'training', 'settings');
    await kept.objections.object(vic.key, 'improvement', 'settings');
    const { lines } = await choicesOf(vic.address);
    expect(lines.map(({ collection, rule, count, action }) => [collection, rule, count, action])).toEqual([
      ['kept.consents', 'retention.choices', 1, 'keep'],
      ['kept.objections', 'retention.objections', 1, 'keep'],
    ]);
  });
});

describe('an objection under a later version', () => {
  const SILENT: [string, string] = [
    '    label: Improve the service\n    basis: legitimate-interest\n    objectable: true\n',
    '    label: Improve the service\n    basis: legitimate-interest\n',
  ];

  const UNANNOUNCED: [RegExp, string][] = [
    [/ {2}communication\.announcement:\n(?: {4}.*\n)+/, ''],
    [/, purposes\.communication\.announcement/, ''],
  ];

  test('that no longer lets people object binds what was collected before, whether made before or after', async () => {
    await kept.objections.object('ann', 'improvement', 'settings');
    await becomesActive(the, kept, versionWith(2, SILENT));
    await kept.objections.object('bo', 'improvement', 'settings');
    for (const subject of ['ann', 'bo']) {
      const refused = await kept.decide({ ...improve, subject });
      expect([subject, refused.outcome]).toEqual([subject, 'forbidden']);
      expect(refused.because[0]?.text).toContain('promised under version 1, not accepted since');
    }
    expect(await outcome('ann', { collected: the.clock.now() })).toBe('permitted');
    expect((await kept.objections.history('bo'))[0]).toMatchObject({ version: 2 });

    await kept.policies.accept('ann', 'privacy page');
    expect([await outcome('ann'), await outcome('bo')]).toEqual(['permitted', 'forbidden']);
  });

  test('can be taken back by those who made it, even where nobody can make it any more', async () => {
    await kept.objections.object('ann', 'communication.announcement', 'settings');
    await becomesActive(the, kept, versionWith(2, ...UNANNOUNCED));
    await expect(kept.objections.object('ann', 'communication.announcement', 'settings')).rejects.toMatchObject({
      code: 'OBJECTION_INVALID',
    });
    await expect(kept.objections.withdraw('bo', 'communication.announcement', 'settings')).rejects.toMatchObject({
      code: 'OBJECTION_INVALID',
    });
    await kept.objections.withdraw('ann', 'communication.announcement', 'settings');
    expect((await kept.objections.history('ann')).map(({ what }) => what)).toEqual(['objected', 'withdrawn']);
  });
});

describe('a process killed while it records an objection', () => {
  const EFFECTS = [
    'ledger.append',
    'kept_stamps.insertMany',
    'kept_objections.insertMany',
    'kept_objections.replaceOne',
  ];

  test.each(EFFECTS.map((effect, index) => [effect, index + 1] as const))(
    'right after %s leaves it in the ledger, and honoured once it is repeated',
    async (effect, diesAfter) => {
      const opened = (one: Life): Promise<Kept> =>
        the.restart({ data: { db: one.database(the.db) }, ledger: one.mortal('ledger', the.ledger, ['append']) });
      const calm = life();
      await opened(calm);
      const mortal = life(calm.calls.length + diesAfter);
      const doomed = await opened(mortal);
      await expect(doomed.objections.object('ann', 'improvement', 'settings')).rejects.toThrow('process');
      expect(mortal.calls.slice(calm.calls.length)).toEqual(EFFECTS.slice(0, diesAfter));
      expect(mortal.calls.at(-1)).toBe(effect);
      expect(await the.ledger.entries()).toMatchObject([{ kind: 'objection', detail: 'improvement' }]);

      await kept.objections.object('ann', 'improvement', 'settings');
      expect(await outcome('ann')).toBe('forbidden');
      const words = await kept.objections.history('ann');
      expect(words.map(({ what }) => what)).toEqual(diesAfter >= 4 ? ['objected', 'objected'] : ['objected']);
      await kept.evidence.sequence();
      const made = (await kept.evidence.entries()).filter(({ type }) => type === 'ObjectionMade');
      expect(made).toHaveLength(words.length);
      expect(await kept.evidence.verify()).toMatchObject({ ok: true });
    },
  );
});
