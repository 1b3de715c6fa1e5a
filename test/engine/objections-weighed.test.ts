import { afterAll, describe, expect, test } from '@jest/globals';
import type { Balance, StoredRequest } from '@kept/core';
import type { Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { again, confirmed, leadOf, mail } from './case.ts';
import { ANNOUNCEMENT, casework, IMPROVEMENT, SERVICE } from './casework.ts';

const the = await scene();
const { kept } = the;
const { somebody, told, may, finish } = casework(() => the);
afterAll(() => the.close());

describe('an objection', () => {
  const balance = (outcome: Balance['outcome']): Balance => ({
    purpose: 'improvement',
    outcome,
    interests: 'Faults that everybody has are found.',
    reasons: 'The figures are needed to keep accounts safe.',
    article: 'Article 21(1) GDPR',
  });

  async function objects(text: string): Promise<{ person: Person; id: string }> {
    const person = await somebody();
    await mail(kept, person.address, text);
    return { person, id: (await confirmed(the, kept, person.address))._id };
  }

  test('to marketing is weighed by nobody', async () => {
    const { person, id } = await objects('I object to the processing of my data for marketing.');
    await finish();
    expect(await may(person, ANNOUNCEMENT)).toBe('forbidden');
    expect(await again(kept, id)).toMatchObject({ status: 'fulfilled', decision: { by: 'kept', balances: [] } });
  });

  test('stops its purpose from then on, while it is weighed, and leaves the service alone', async () => {
    const { person, id } = await objects('I object to you using my data to improve your service.');
    expect(await again(kept, id)).toMatchObject({ status: 'verified', asks: { purposes: ['improvement'] } });
    expect([await may(person, IMPROVEMENT), await may(person, SERVICE)]).toEqual(['forbidden', 'permitted']);
  });

  test('is decided with a balance for each purpose, and with nothing less', async () => {
    const { id } = await objects('I object to you using my data to improve your service.');
    const lead = await leadOf(kept);
    const decide = (balances: unknown): Promise<StoredRequest> =>
      kept.requests.decide(id, lead, { right: 'objection', balances: balances as Balance[] });
    for (const wrong of [[], undefined, [balance('upheld')], [null, null], [{ $gt: '' }, { $gt: '' }]])
      await expect(decide(wrong)).rejects.toMatchObject({ code: 'DECISION_INVALID' });
    const both = [balance('upheld'), { ...balance('upheld'), purpose: 'improvement.debugging' }];
    await expect(decide([both[0], { ...both[1], reasons: ' ' }])).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(decide(both)).resolves.toMatchObject({ status: 'decided', decision: { balances: both, by: lead } });
  });

  test('upheld ends the use; overridden lets it go on, and not before the letter with its reasons was sent', async () => {
    const { person, id } = await objects('I object to you using my data to improve your service.');
    const lead = await leadOf(kept);
    const balances = [balance('overridden'), { ...balance('upheld'), purpose: 'improvement.debugging' }];
    await kept.requests.decide(id, lead, { right: 'objection', balances });
    the.clock.forward({ hours: 1 });
    await kept.requests.advance();
    await kept.restrictions.advance();
    expect(await may(person, IMPROVEMENT)).toBe('forbidden');

    await finish();
    await kept.restrictions.advance();
    expect(await may(person, IMPROVEMENT)).toBe('permitted');
    expect(await may(person, { ...IMPROVEMENT, purpose: 'improvement.debugging' })).toBe('forbidden');
    expect(told(person.address)).toContain('The figures are needed to keep accounts safe. (Article 21(1) GDPR)');
    expect(told(person.address)).toContain('Article 77 GDPR');
  });

  test('that was made again on the page stands, whatever was decided on the one in the mail', async () => {
    const { person, id } = await objects('I object to you using my data to improve your service.');
    const lead = await leadOf(kept);
    const balances = [balance('overridden'), { ...balance('overridden'), purpose: 'improvement.debugging' }];
    await kept.requests.decide(id, lead, { right: 'objection', balances });
    await kept.objections.object(person.key, 'improvement', 'settings');
    the.clock.forward({ hours: 1 });
    await finish();
    await kept.restrictions.advance();
    expect(await may(person, IMPROVEMENT)).toBe('forbidden');
  });
});
