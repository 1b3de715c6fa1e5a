import { describe, expect, test } from '@jest/globals';
import { ask, words } from './ask.ts';

interface Decided {
  outcome: string;
  because: { rule: string; clause: string; text: string }[];
  missing: string[];
  terms: string[];
}

const TRAINING = '--purpose training --category generation.output';

async function decided(line: string): Promise<Decided> {
  const { code, err, json } = await ask([...words(`decide sdance-ai ${line}`), '--json']);
  expect([code, err]).toEqual([0, '']);
  return json<Decided>();
}

const outcome = async (line: string): Promise<string> => (await decided(line)).outcome;

describe('kept decide', () => {
  test('answers with outcome, reasons, what is missing and terms, and nothing else', async () => {
    const answer = await decided(TRAINING);
    expect(answer).toEqual({
      outcome: 'forbidden',
      because: [
        {
          rule: 'consents.training',
          clause: 'sdance-ai.never.training-without-consent',
          text: 'training was never given',
        },
      ],
      missing: [],
      terms: [],
    });
  });

  test.each([
    ['a consent given before', '--consent training=given@2026-01-05 --now 2026-03-03', 'permitted'],
    ['a consent of the same day', '--consent training=given@2026-03-03 --now 2026-03-03T00:00', 'permitted'],
    ['a consent still to come', '--consent training=given@2026-03-04 --now 2026-03-03', 'forbidden'],
    [
      'a consent withdrawn since',
      '--consent training=given@2026-01-05 --consent training=withdrawn@2026-02-01 --now 2026-03-03',
      'forbidden',
    ],
    [
      'a consent withdrawn later than the question',
      '--consent training=given@2026-01-05 --consent training=withdrawn@2026-04-01 --now 2026-03-03',
      'permitted',
    ],
    ['another consent', '--consent provider-training=given@2026-01-05 --now 2026-03-03', 'forbidden'],
  ])('training with %s', async (_title, facts, expected) => {
    expect(await outcome(`${TRAINING} ${facts}`)).toBe(expected);
  });

  test('every outcome is an answer: a person of unknown country at the age of 14 leaves it undetermined', async () => {
    const account = '--purpose service.account --category account.contact';
    const answer = await decided(`${account} --age 14`);
    expect([answer.outcome, answer.missing]).toEqual(['undetermined', ['country']]);
    expect(await outcome(`${account} --age 14 --country DE`)).toBe('forbidden');
    expect(await outcome(`${account} --age 16 --country de`)).toBe('permitted');
  });

  test('objection, restriction and hold reach the decision', async () => {
    const improving = '--purpose improvement --category usage';
    expect(await outcome(improving)).toBe('permitted');
    expect(await outcome(`${improving} --objection improvement`)).toBe('forbidden');
    expect(await outcome(`${improving} --restricted`)).toBe('forbidden');
    expect((await decided(`${improving} --hold`)).terms).toEqual([expect.stringContaining('legal hold')]);
  });

  test('recipient, generation and viewer reach the decision', async () => {
    const disclosed = '--purpose service.generation --category generation.reference --recipient fal-ai --country DE';
    expect(await outcome(disclosed)).not.toBe('permitted');
    expect(await outcome(`${disclosed} --generation G-1`)).toBe('permitted');
    expect(await outcome(`${disclosed} --generation G-1 --recipient=nobody`.replace('--recipient fal-ai ', ''))).toBe(
      'forbidden',
    );
    const viewed = '--purpose service.delivery --category generation.output';
    expect(await outcome(`${viewed} --viewer owner`)).toBe('permitted');
    expect(await outcome(`${viewed} --viewer public`)).toBe('forbidden');
    expect(await outcome(`${viewed} --viewer staff:safety.moderation`)).toBe('permitted');
  });

  test('people read the outcome first', async () => {
    const { out } = await ask(words(`decide sdance-ai ${TRAINING}`));
    expect(out).toBe(
      'forbidden\n  consents.training  sdance-ai.never.training-without-consent  training was never given\n',
    );
  });
});
