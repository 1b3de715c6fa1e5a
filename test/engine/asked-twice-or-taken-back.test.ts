import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { StoredRequest } from '@kept/core';
import { linkFor, type Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { again, approved, confirmed, DELETE, mail } from './case.ts';
import { casework } from './casework.ts';

const the = await scene();
const { kept } = the;
let ann: Person;
const { somebody, has, lettersTo, finish } = casework(() => the);
afterAll(() => the.close());
beforeEach(async () => {
  ann = await somebody();
});

/** A minute after whatever came before. */
const inTheApp = (right: StoredRequest['right'] = 'erasure'): Promise<StoredRequest> => {
  the.clock.forward({ minutes: 1 });
  return kept.requests.open({ right, channel: 'app', subject: ann.key, address: ann.address, text: 'Delete me.' });
};

const open = async (): Promise<StoredRequest[]> => {
  const { items } = await kept.requests.list({ status: 'open', limit: 500 });
  return items.filter((each) => each.about?.subject === ann.key);
};

describe('the same thing, asked by mail and in the app', () => {
  test('is one case: the second is linked to the first, on both tickets (part of seedance25.contact.settings-or-email)', async () => {
    await mail(kept, ann.address, DELETE);
    const first = await confirmed(the, kept, ann.address);
    const second = await inTheApp();
    await finish();

    expect(await again(kept, second._id)).toMatchObject({ status: 'linked', of: first._id });
    expect((await open()).map(({ _id }) => _id)).toEqual([first._id]);
    expect(await kept.tickets.get(second.ticket)).toMatchObject({ requests: [second._id, first._id] });
    await approved(kept, first._id);
    await finish();
    expect(lettersTo(ann.address).filter((line) => line.includes('has been erased'))).toHaveLength(1);
    expect(await has('generations', ann)).toBe(0);
  });

  test('needs no second proof: who is signed in has confirmed the mail too', async () => {
    await mail(kept, ann.address, DELETE);
    await finish();
    const [first] = await open();
    const second = await inTheApp();
    await finish();
    await finish();
    expect(await again(kept, first?._id ?? '')).toMatchObject({ status: 'previewed', identity: { how: 'account' } });
    expect(await again(kept, second._id)).toMatchObject({ status: 'linked', of: first?._id });
  });

  test('is not confirmed that way where a stranger wrote the mail', async () => {
    await mail(kept, 'stranger@example.net', `Please delete the account of ${ann.address}.`);
    await finish();
    const [first] = await open();
    const second = await inTheApp();
    await finish();
    expect(first?.requester.address).toBe('stranger@example.net');
    expect(await again(kept, first?._id ?? '')).toMatchObject({ status: 'received' });
    expect(await again(kept, second._id)).toMatchObject({ status: 'previewed' });
  });

  test('keeps the earlier date of both', async () => {
    const second = await inTheApp();
    await finish();
    await the.db
      .collection<{ _id: string }>('kept_requests')
      .updateOne({ _id: second._id }, { $set: { dueOn: '2026-06-01' } });
    await mail(kept, ann.address, DELETE);
    const late = await kept.requests.confirm(await linkSent());
    await finish();
    expect(await again(kept, late._id)).toMatchObject({ status: 'linked', of: second._id });
    expect(await again(kept, second._id)).toMatchObject({ dueOn: late.dueOn });
  });

  test('goes by the time of its own ticket, not by that of the one that was linked to it', async () => {
    const first = await inTheApp();
    await finish();
    await mail(kept, ann.address, DELETE);
    const second = await kept.requests.confirm(await linkSent());
    await finish();
    expect(await again(kept, second._id)).toMatchObject({ status: 'linked', of: first._id });
    expect(await kept.tickets.get(second.ticket)).toMatchObject({ status: 'closed' });

    the.clock.forward({ days: 4 * 366 });
    await kept.retention.sweep({ rule: 'rights-records' });
    expect(await kept.requests.get(second._id)).toBeUndefined();
    expect(await again(kept, first._id)).toMatchObject({ status: 'previewed' });
  });

  test('of two rights is two cases', async () => {
    const erasure = await inTheApp();
    const access = await inTheApp('access');
    await finish();
    for (const { _id } of [erasure, access]) expect(await again(kept, _id)).not.toMatchObject({ status: 'linked' });
  });
});

describe('a request that is taken back', () => {
  test('ends without being carried out, and the person is told', async () => {
    const { _id } = await inTheApp();
    await finish();
    await kept.requests.withdraw(_id, 'the person, signed in');
    await finish();
    expect(await again(kept, _id)).toMatchObject({ status: 'withdrawn', withdrawnBy: 'the person, signed in' });
    expect(lettersTo(ann.address)).toContain('Your request was taken back');
    expect(await has('generations', ann)).toBe(3);
  });

  test('cannot be, once it was carried out', async () => {
    const { _id } = await inTheApp();
    await finish();
    await approved(kept, _id);
    await finish();
    await expect(kept.requests.withdraw(_id, 'the person')).rejects.toMatchObject({ code: 'REQUEST_CLOSED' });
  });
});

async function linkSent(): Promise<string> {
  await finish();
  return linkFor(the, ann.address);
}
