import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Right, StoredRequest } from '@kept/core';
import { unzip, whole } from '../../packages/packing.ts';
import { linkFor, type Person } from '../../support/people.ts';
import { scene } from '../../support/scene.ts';
import { again, approved, mail } from '../case.ts';
import { casework } from '../casework.ts';

const BOTH = 'Hello, please send me a copy of all data that you have about me, and then delete my account.';

const the = await scene();
const { kept } = the;
let ida: Person;
const { somebody, has, lettersTo, lastTo, finish } = casework(() => the);
afterAll(() => the.close());
beforeEach(async () => {
  ida = await somebody({ videos: 2 });
});

const asked = async (right: Right): Promise<StoredRequest> => {
  const { items } = await kept.requests.list({ limit: 500 });
  const found = items.find((each) => each.about?.subject === ida.key && each.right === right);
  if (!found) throw new Error(`No request for ${right}`);
  return found;
};

/** From the mail to where the copy lies ready and the erasure is approved. */
const confirmedBoth = async (): Promise<{ access: string; erasure: string }> => {
  await mail(kept, ida.address, BOTH);
  await finish();
  await kept.requests.confirm(linkFor(the, ida.address));
  await finish();
  const [access, erasure] = [await asked('access'), await asked('erasure')];
  await approved(kept, erasure._id);
  await finish();
  return { access: access._id, erasure: erasure._id };
};

/** Fetches all parts of the copy, as the person does. */
const fetchCopy = async (request: string): Promise<string[]> => {
  const state = await kept.packages.ofRequest(request);
  if (!state) throw new Error('There is no package');
  const way = { subject: ida.key, id: state.id };
  const names: string[] = [];
  for (const { number } of state.parts) {
    await kept.packages.ask(way, number);
    const { content, ended, bytes } = await kept.packages.download(way, number);
    names.push(...(await unzip(await whole(content))).keys());
    await ended(bytes);
  }
  return names;
};

describe('"send me everything, then delete it"', () => {
  test('is two requests with a clock each, confirmed by one link', async () => {
    await mail(kept, ida.address, BOTH);
    await finish();
    expect(lettersTo(ida.address).filter((line) => line.includes('Please confirm'))).toHaveLength(1);
    const link = linkFor(the, ida.address);
    expect(await kept.requests.peekConfirmation(link)).toMatchObject({
      rights: ['access', 'erasure'],
      state: 'usable',
    });
    await kept.requests.confirm(link);
    for (const right of ['access', 'erasure'] as const) {
      const request = await asked(right);
      expect(request).toMatchObject({ status: 'verified', identity: { how: 'link' } });
      expect((await kept.requests.clock(request)).nominal).toBe('2026-04-03');
    }
  });

  test('gives the copy first, and erases once it was fetched', async () => {
    const { access, erasure } = await confirmedBoth();
    expect(await again(kept, access)).toMatchObject({ status: 'fulfilled' });
    expect(await again(kept, erasure)).toMatchObject({ status: 'approved' });
    expect(await has('generations', ida)).toBe(2);

    const names = await fetchCopy(access);
    expect(names.filter((name) => name.endsWith('.mp4'))).toHaveLength(2);
    await finish();
    expect(await again(kept, erasure)).toMatchObject({ status: 'fulfilled' });
    expect(await has('generations', ida)).toBe(0);
    expect(lastTo(ida.address)).toContain('erased');
  });

  test('does not wait for ever for somebody who never fetches the copy', async () => {
    const { erasure } = await confirmedBoth();
    the.clock.forward({ days: 15 });
    await finish();
    expect(await again(kept, erasure)).toMatchObject({ status: 'fulfilled' });
    expect(await has('generations', ida)).toBe(0);
  });

  test('is confirmed whole or, where the process dies in the middle, by pressing once more', async () => {
    await mail(kept, ida.address, BOTH);
    await finish();
    const link = linkFor(the, ida.address);
    const [access, erasure] = [await asked('access'), await asked('erasure')];
    const [carrier = ''] = [access._id, erasure._id].sort();
    await kept.requests.confirm(link);
    await the.db
      .collection<{ _id: string }>('kept_requests')
      .updateOne({ _id: carrier }, { $set: { status: 'received' }, $unset: { identity: '', subject: '' } });
    await kept.requests.confirm(link);
    for (const { _id } of [access, erasure]) expect(await again(kept, _id)).toMatchObject({ status: 'verified' });
  });
});
