import { describe, expect, test } from '@jest/globals';
import { lawBook } from '../../packages/core/src/adapters/policy/lawBook.ts';
import { regimeIds } from '../../packages/core/src/adapters/policy/loadRegime.ts';

describe('the laws, as an engine asks for them', () => {
  test.each([
    ['eu-gdpr', 'DE', 'DE', 'the member state of the controller'],
    ['eu-gdpr', 'FR', 'FR', 'that of another one'],
    ['eu-gdpr', 'US', 'EU', 'what all member states have, for a controller outside'],
    ['uk-gdpr', 'GB', 'GB-ENG', 'England, where only the kingdom is known'],
    ['uk-gdpr', 'DE', 'GB-ENG', 'England, and not the country of the controller'],
    ['kr-pipa', 'DE', 'KR', 'Korea'],
    ['us-ca', 'DE', 'US-CA', 'California'],
  ])('%s counts for a controller in %s by the holidays of %s: %s', async (regime, country, calendar) => {
    const law = await lawBook()(regime, country);
    expect([law.regime.id, law.calendar.id]).toEqual([regime, calendar]);
  });

  test('every law can be asked for by a controller of any country', async () => {
    const book = lawBook();
    const laws = await Promise.all((await regimeIds()).map((id) => book(id, 'DE')));
    expect(laws.map(({ regime }) => regime.id)).toEqual(await regimeIds());
  });

  test('each is read once, and one that could not be read is asked for again', async () => {
    const book = lawBook();
    expect(await book('kr-pipa', 'DE')).toBe(await book('kr-pipa', 'DE'));
    const first = book('eu-gdrp', 'DE');
    await expect(first).rejects.toMatchObject({
      code: 'POLICY_FILE_NOT_FOUND',
      remedy: expect.stringContaining('eu-gdpr'),
    });
    expect(book('eu-gdrp', 'DE')).not.toBe(first);
    await expect(book('eu-gdrp', 'DE')).rejects.toMatchObject({ code: 'POLICY_FILE_NOT_FOUND' });
  });
});
