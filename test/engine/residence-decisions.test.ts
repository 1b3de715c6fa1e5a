import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Decision, loadPack } from '@kept/core';
import mongoose from 'mongoose';
import { type Scene, scene } from '../support/scene.ts';
import { type Residents, residents } from './residents.ts';

describe('Seedream4.0, whose notice trains on content until somebody opts out', () => {
  let the: Scene;
  beforeAll(async () => {
    the = await scene({ policy: await loadPack('seedream4') });
  });
  afterAll(() => the.close());

  const visitor = async (country?: string): Promise<string> => {
    const _id = new mongoose.mongo.ObjectId();
    await the.db.collection('visitors').insertOne({ _id, ...(country && { country }), seenAt: the.clock.now() });
    return String(_id);
  };
  const trains = (subject: string): Promise<Decision> =>
    the.kept.decide({ subject, purpose: 'training', category: 'generation.output' });

  test('seedream4.consent.training-opt-out: silence is a yes in California, and no yes in Germany or where nobody knows', async () => {
    const [california, germany, nowhere] = [await visitor('US-CA'), await visitor('DE'), await visitor()];
    const decided = await trains(california);
    expect(decided.outcome).toBe('permitted');
    expect(decided.because.map(({ clause }) => clause)).toContain('seedream4.consent.training-opt-out');
    for (const subject of [germany, nowhere, await visitor('California')]) {
      const { outcome, because } = await trains(subject);
      expect([outcome, because.map(({ rule }) => rule)]).toEqual([
        'forbidden',
        expect.arrayContaining(['consents.training']),
      ]);
    }
  });

  test('seedream4.consent.training-opt-out: an opt-out in California holds from the next decision on, a yes in Germany as well', async () => {
    const [california, germany] = [await visitor('US-CA'), await visitor('DE')];
    await the.kept.consents.withdraw(california, 'training', 'privacy page');
    await the.kept.consents.give(germany, 'training', 'privacy page');
    expect([(await trains(california)).outcome, (await trains(germany)).outcome]).toEqual(['forbidden', 'permitted']);
  });
});

describe('Sdance AI, for people of 13 years and more, and of the age that their own law sets', () => {
  let the: Scene;
  let here: Residents;
  beforeAll(async () => {
    the = await scene();
    here = residents(() => the);
  });
  afterAll(() => the.close());

  const generates = async (country: string | undefined, birthYear?: number): Promise<Decision> => {
    const { id, key } = await here.living(country);
    if (birthYear) await the.db.collection('users').updateOne({ _id: id }, { $set: { birthYear } });
    return the.kept.decide({ subject: key, purpose: 'service.generation', category: 'generation.prompt' });
  };

  test('whoever is below the age is refused, and whoever may still be below it this year', async () => {
    for (const birthYear of [2014, 2013]) {
      const { outcome, because } = await generates('US-CA', birthYear);
      expect([outcome, because.map(({ rule }) => rule)]).toEqual([
        'forbidden',
        expect.arrayContaining(['children.minimum-age']),
      ]);
    }
    expect((await generates('US-CA', 2012)).outcome).toBe('permitted');
  });

  test('the age is that of the place: what suffices in California does not in Germany, and is doubtful where nobody knows', async () => {
    expect((await generates('DE', 2012)).outcome).toBe('forbidden');
    expect(await generates(undefined, 2012)).toMatchObject({ outcome: 'undetermined', missing: ['country'] });
    expect((await generates('DE', 2009)).outcome).toBe('permitted');
    expect((await generates(undefined)).outcome).toBe('permitted');
  });
});
