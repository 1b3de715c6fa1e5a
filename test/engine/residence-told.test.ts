import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Kept, loadPack } from '@kept/core';
import type { Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approved, confirmed, DELETE, leadOf, mail } from './case.ts';
import { type Residents, residents } from './residents.ts';

let the: Scene;
let kept: Kept;
let here: Residents;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  here = residents(() => the);
});
afterAll(() => the.close());

const about = (address: string): string => `Please delete all the personal data of ${address}, I am her boyfriend.`;
const finish = async (): Promise<void> => {
  await kept.requests.advance();
  await kept.outbox.deliver();
};
const nameless = (text: string | undefined): string | undefined => text?.replaceAll(/K-[0-9A-F]+/g, 'K-0');
const typesOf = async (id: string): Promise<string[]> => {
  await kept.evidence.sequence();
  return (await kept.evidence.entries({ kind: 'requests', id })).map(({ type }) => type);
};

describe('who writes about somebody else', () => {
  test('reads the same date whether that person lives in Korea, in Germany, or has no account', async () => {
    const [korean, german] = [await here.living('KR'), await here.living('DE')];
    await mail(kept, 'eve1@example.net', about(korean.address));
    await mail(kept, 'eve2@example.net', about(german.address));
    await mail(kept, 'eve3@example.net', about('nobody@example.org'));
    await finish();
    const letters = [1, 2, 3].map((n) => nameless(here.lettersTo(`eve${n}@example.net`)[0]));
    expect(letters[0]).toContain('2 April 2026');
    expect(new Set(letters).size).toBe(1);

    const request = await here.newestOf(korean.address);
    expect([request.regime, request.dueOn]).toEqual(['kr-pipa', '2026-03-13']);
    const own = await here.living('KR');
    await mail(kept, own.address, DELETE);
    await finish();
    // Two letters leave at one instant, in whatever order.
    expect(here.lettersTo(own.address).join('\n')).toContain('13 March 2026');
  });

  test('gets no letter of an extension before the person has confirmed, and the person gets it then', async () => {
    const korean = await here.living('KR');
    await mail(kept, 'eve4@example.net', about(korean.address));
    await finish();
    const { _id } = await here.newestOf(korean.address);
    const lead = await leadOf(kept);
    const extend = () => kept.requests.extend(_id, lead, 'Many works.', '2026-03-27');
    await expect(extend()).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
    await confirmed(the, kept, korean.address);
    expect(await extend()).toMatchObject({ dueOn: '2026-03-27' });
    await finish();
    expect(here.lettersTo(korean.address).at(-1)).toMatch(/13 March 2026[\s\S]*27 March 2026/);
    expect(here.lettersTo('eve4@example.net').join()).not.toContain('27 March');
  });

  test('learns from a refusal nothing of the law that protects the person', async () => {
    const korean = await here.living('KR');
    const refusal = { article: 'the law', reason: 'We could not find out who you are.' };
    const lettersAfter = async (writer: string, named: string) => {
      await mail(kept, writer, about(named));
      await finish();
      await kept.requests.refuse((await here.newestOf(writer))._id, await leadOf(kept), refusal);
      await finish();
      return nameless(here.lettersTo(writer).at(-1));
    };
    const letter = await lettersAfter('eve5@example.net', korean.address);
    expect(letter).toContain('Article 77 GDPR');
    expect(letter).toBe(await lettersAfter('eve6@example.net', 'nobody@example.org'));
  });

  test('makes no later date than the one that was told, also under a law with more time', async () => {
    const other = await scene({ policy: await loadPack('seedance25') });
    const there = residents(() => other);
    const californian = await there.living('US-CA');
    await mail(other.kept, 'eve@example.net', about(californian.address), { To: 'support@seedance25-ai.net' });
    await other.kept.requests.advance();
    await other.kept.outbox.deliver();
    const request = await there.newestOf(californian.address);
    expect([request.regime, request.dueOn]).toEqual(['us-ca', '2026-03-13']);
    expect((await other.kept.requests.clock(request)).due).toBe('2026-04-17');
    expect(there.lettersTo('eve@example.net')[0]).toContain('13 March 2026');
    await confirmed(other, other.kept, californian.address);
    expect(await again(other.kept, request._id)).toMatchObject({ regime: 'us-ca', dueOn: '2026-03-13' });
    await other.close();
  });
});

describe('who moves before the confirmation', () => {
  const movedCase = async (from: string, to: string): Promise<{ id: string; person: Person; ticket: string }> => {
    const person = await here.living(from);
    await mail(kept, person.address, DELETE);
    await finish();
    await here.moves(person, to);
    const { _id, ticket } = await confirmed(the, kept, person.address);
    return { id: _id, person, ticket };
  };

  test('has the law of the new place, and the earlier of both dates as the alarm', async () => {
    const toKorea = await movedCase('DE', 'KR');
    expect(await again(kept, toKorea.id)).toMatchObject({ regime: 'kr-pipa', residence: 'KR', dueOn: '2026-03-13' });
    expect((await kept.tickets.get(toKorea.ticket))?.dueOn).toBe('2026-03-13');
    expect(await typesOf(toKorea.id)).toContain('LawOfResidenceChanged');

    const toGermany = await movedCase('KR', 'DE');
    expect(await again(kept, toGermany.id)).toMatchObject({ regime: 'eu-gdpr', residence: 'DE', dueOn: '2026-03-13' });
    expect((await kept.requests.clock(await again(kept, toGermany.id))).due).toBe('2026-04-07');
  });

  test('within one law leaves a note of it, and who stays leaves none', async () => {
    expect(await typesOf((await movedCase('DE', 'FR')).id)).toContain('LawOfResidenceChanged');
    expect(await typesOf((await movedCase('DE', 'DE')).id)).not.toContain('LawOfResidenceChanged');
  });
});

describe('the letters of a case', () => {
  const caseOf = async (country: string, payments = 0): Promise<{ id: string; last: () => string }> => {
    const { address } = await here.living(country, { videos: 1, logs: 0, payments });
    await mail(kept, address, DELETE);
    const { _id } = await confirmed(the, kept, address);
    return { id: _id, last: () => here.lettersTo(address).at(-1) ?? '' };
  };
  const refused = async (country: string): Promise<string> => {
    const { id, last } = await caseOf(country);
    await kept.requests.refuse(id, await leadOf(kept), { article: 'the law', reason: 'It is the tenth this week.' });
    await finish();
    return last();
  };
  const extended = async (country: string, until?: string): Promise<string> => {
    const { id, last } = await caseOf(country);
    await kept.requests.extend(id, await leadOf(kept), 'Many works.', until);
    await kept.outbox.deliver();
    return last();
  };
  const erased = async (country: string): Promise<string> => {
    const { id, last } = await caseOf(country, 1);
    await approved(kept, id);
    await finish();
    return last();
  };

  test('cite the GDPR to whom it protects, with authority and court', async () => {
    const letters = [await extended('DE'), await erased('DE'), await refused('DE')];
    expect(letters[0]).toContain('once (Article 12(3) GDPR)');
    expect(letters[1]).toContain('prove it (Article 5(2) GDPR)');
    expect(letters[1]).toContain('(Art 17(3)(b) GDPR)');
    for (const letter of letters) expect(letter).toContain('(Article 77 GDPR)');
  });

  test('cite the law of California to Californians, and nothing of the GDPR', async () => {
    const letters = [await extended('US-CA'), await erased('US-CA'), await refused('US-CA')];
    expect(letters[0]).toContain('by 2 April 2026. We need longer');
    expect(letters[0]).toContain('1 June 2026 at the latest');
    expect(letters[0]).toContain('once (11 CCR 7021(b), California Consumer Privacy Act)');
    expect(letters[1]).toContain('prove it (11 CCR 7101, California Consumer Privacy Act)');
    expect(letters[1]).toContain('Until: ');
    for (const letter of letters) {
      expect(letter).not.toMatch(/GDPR|supervisory|You may appeal|formal complaint/);
      expect(letter).toContain('The law of the place where you live may give you further ways');
    }
  });

  test('say how to appeal where the law has that, and cite no article that nobody has read', async () => {
    const [korea, virginia, longer] = [await refused('KR'), await refused('US-VA'), await extended('KR', '2026-03-27')];
    expect(korea).toContain('You may appeal (Decree, Personal Information Protection Act): reply');
    expect(virginia).toContain('You may appeal: reply to this letter');
    expect(longer).toContain('27 March 2026 at the latest');
    expect(longer).toContain('us take this longer once, and not a second time.');
    for (const letter of [korea, virginia, longer]) expect(letter).not.toContain('GDPR');
  });

  test('name the way of complaint that the law has: to us in the United Kingdom, to the authority in Canada', async () => {
    expect(await refused('GB')).toContain('formal complaint to us (DPA 2018 s.164A, UK General');
    expect(await refused('CA')).toContain('authority that oversees this law (s.11, Personal Information');
  });
});
