import { afterAll, describe, expect, test } from '@jest/globals';
import { aPerson } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { approved, confirmed, DELETE, mail } from './case.ts';
import { casework } from './casework.ts';

const the = await scene();
const { kept } = the;
const { somebody, has, lettersTo, finish } = casework(() => the);
afterAll(() => the.close());

describe('who is asked', () => {
  test('two accounts at one address are two requests, each with a link of its own, and never merged', async () => {
    const [one, two] = [await aPerson(the, 'twin@example.org'), await aPerson(the, 'Twin@Example.org', { videos: 2 })];
    await mail(kept, 'twin@example.org', DELETE);
    await kept.requests.advance();
    const open = (await kept.requests.list({ limit: 500 })).items.filter(
      (each) => each.requester.address === 'twin@example.org',
    );
    expect(open.map((each) => each.about?.subject).sort()).toEqual([one.key, two.key].sort());
    const { _id } = await confirmed(the, kept, 'twin@example.org');
    await approved(kept, _id);
    await finish();
    expect([await has('generations', one), await has('generations', two)].sort()).toContain(0);
    expect((await has('generations', one)) + (await has('generations', two))).toBeGreaterThan(0);
  });

  test('a mail from an address without an account opens a case and gets an acknowledgement, and a link goes there and nowhere else', async () => {
    await mail(kept, 'nobody@example.net', DELETE);
    await finish();
    expect(lettersTo('nobody@example.net')).toEqual(['We have your request', 'Please confirm your address']);
    const [request] = (await kept.requests.list({ limit: 500 })).items.filter(
      (each) => each.requester.address === 'nobody@example.net',
    );
    expect(request).toMatchObject({ status: 'received', about: { subject: 'kept:address:nobody@example.net' } });
  });

  test('the link goes to the address that is registered now, not to one that was given up since', async () => {
    const ed = await somebody();
    await mail(kept, ed.address, DELETE);
    await the.db.collection('users').updateOne({ _id: ed.id }, { $set: { email: 'ed-new@example.org' } });
    await finish();
    expect(lettersTo('ed-new@example.org')).toEqual(['Please confirm your request']);
    expect(lettersTo(ed.address)).toEqual(['We have your request']);
  });

  test('what staff open for somebody who wrote from elsewhere is asked and answered at the registered address', async () => {
    const hana = await somebody();
    const heard = { right: 'optout-marketing', channel: 'staff', subject: hana.key, text: 'By phone.' } as const;
    const { _id } = await kept.requests.open({ ...heard, address: 'stranger@example.net' });
    await finish();
    expect(await kept.requests.get(_id)).toMatchObject({ status: 'received', about: { address: hana.address } });
    expect(lettersTo(hana.address)).toEqual(['Please confirm your request']);
    expect(lettersTo('stranger@example.net')).toEqual(['We have your request']);
    const wrong = kept.requests.open({ ...heard, subject: { $ne: '' } as never, address: hana.address });
    await expect(wrong).rejects.toMatchObject({ code: 'SUBJECT_INVALID' });
  });

  test('no more than five links and five acknowledgements a day go to one address, and every case stays', async () => {
    const flo = await somebody();
    for (let n = 0; n < 8; n += 1) {
      the.clock.forward({ seconds: 1 });
      await mail(kept, flo.address, `${DELETE} ${n}`);
      await finish();
    }
    const count = (line: string): number => lettersTo(flo.address).filter((each) => each === line).length;
    expect([count('Please confirm your request'), count('We have your request')]).toEqual([5, 5]);
    const cases = async (): Promise<number> =>
      (await kept.requests.list({ limit: 500 })).items.filter((each) => each.requester.address === flo.address).length;
    expect(await cases()).toBe(8);
    the.clock.forward({ days: 1 });
    await finish();
    expect([count('Please confirm your request'), count('We have your request'), await cases()]).toEqual([8, 8, 8]);
  });

  test('once the person has confirmed, the ticket knows whose it is and the address is kept as verified', async () => {
    const gus = await somebody();
    await mail(kept, gus.address, 'Please send me a copy of all my personal data.');
    const request = await confirmed(the, kept, gus.address);
    expect(await kept.tickets.get(request.ticket)).toMatchObject({ subject: gus.key });
    expect(await the.db.collection('kept_identifiers').find({ subject: gus.key }).toArray()).toEqual([
      expect.objectContaining({ kind: 'email', value: gus.address, verifiedAt: expect.any(Date) }),
    ]);
  });
});
