import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { KeptError, memoryFiles, type Right, type StoredRequest } from '@kept/core';
import { unzip, whole } from '../../packages/packing.ts';
import { linkFor, type Person } from '../../support/people.ts';
import { scene } from '../../support/scene.ts';
import { again, approved, mail, twoStaff } from '../case.ts';
import { casework } from '../casework.ts';

const BOTH = 'Hello, please send me a copy of all data that you have about me, and then delete my account.';

const trouble = { full: false, denied: false };
const denied = (): never => {
  throw new KeptError('FILE_DENIED', 'No', { place: 'media', remedy: 'None.' });
};
const [packages, media] = [memoryFiles(), memoryFiles()];
const house = await scene({
  packages: {
    ...packages,
    put: (...file) => (trouble.full ? Promise.reject(new Error('full')) : packages.put(...file)),
  },
  files: { media: { ...media, read: async (key) => (trouble.denied ? denied() : media.read(key)) } },
});
const the = { ...house, media };
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

describe('a copy that does not come', () => {
  beforeEach(() => {
    Object.assign(trouble, { full: false, denied: false });
  });

  const waitsFor = async (id: string) =>
    (await kept.findings.open()).find(({ code, place }) => code === 'ERASURE_WAITS_FOR_COPY' && place === id);
  const isUntouched = async (id: string): Promise<void> => {
    expect(await again(kept, id)).toMatchObject({ status: 'approved' });
    expect(await has('generations', ida)).toBe(2);
  };
  const day = async (days: number): Promise<void> => {
    the.clock.forward({ days });
    await finish();
  };

  test('leaves all where it is on the due day: the time is extended, the person is told why, and staff see it', async () => {
    trouble.full = true;
    const { access, erasure } = await confirmedBoth();
    expect(await again(kept, access)).toMatchObject({ status: 'running' });
    const { extendedDue } = await kept.requests.clock(await again(kept, erasure));
    await day(20);
    expect(await again(kept, erasure)).not.toHaveProperty('extension');
    await day(8);
    await isUntouched(erasure);
    expect(await again(kept, erasure)).toMatchObject({ extension: { by: 'kept' } });
    expect(lettersTo(ida.address).at(-1)).toBe('Your request needs more time');
    expect(lastTo(ida.address)).toContain('a copy of your data first');
    const last = new Date(extendedDue ?? '').toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
    expect(lastTo(ida.address)).toContain(`our answer by ${last} at the latest`);
    expect(await waitsFor(erasure)).toMatchObject({ severity: 'warning' });

    await day(10);
    await isUntouched(erasure);
    trouble.full = false;
    await day(1);
    expect(await again(kept, access)).toMatchObject({ status: 'fulfilled' });
    await isUntouched(erasure);
    await fetchCopy(access);
    await finish();
    expect(await again(kept, erasure)).toMatchObject({ status: 'fulfilled' });
    expect(await waitsFor(erasure)).toBeUndefined();
    expect(lettersTo(ida.address).filter((line) => line === 'Your request needs more time')).toHaveLength(1);
  });

  test('is for a privacy lead to decide on once the last day has come, and time alone never erases', async () => {
    trouble.full = true;
    const { erasure } = await confirmedBoth();
    for (let rounds = 0; rounds < 3; rounds += 1) await day(31);
    await isUntouched(erasure);
    expect(await waitsFor(erasure)).toMatchObject({ severity: 'error', text: expect.stringContaining('last day') });
    const { times } = (await waitsFor(erasure)) ?? {};
    await finish();
    expect(await waitsFor(erasure)).toMatchObject({ times });

    const { agent, lead } = await twoStaff(kept);
    const release = (by: string, reason = 'She has it from us by post.') =>
      kept.requests.eraseWithoutCopy(erasure, by, reason);
    await expect(release(agent)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    await expect(release(lead, ' ')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(await release(lead)).toMatchObject({ status: 'approved', withoutCopy: { by: lead } });
    await finish();
    expect(await again(kept, erasure)).toMatchObject({ status: 'fulfilled' });
    await expect(release(lead)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
  });

  test.each([
    ['KR', 'names a day where the law leaves that to the letter', { until: expect.stringMatching(/^20/) }],
    ['BR', 'is none where the law knows none: staff see it', undefined],
  ])('the extension of somebody in %s %s', async (country, _, extension) => {
    await the.db.collection('users').updateOne({ _id: ida.id }, { $set: { country } });
    trouble.full = true;
    const { erasure } = await confirmedBoth();
    for (let days = 0; days < 12; days += 4) await day(4);
    await isUntouched(erasure);
    const { extension: granted } = await again(kept, erasure);
    expect(granted).toEqual(extension && expect.objectContaining({ by: 'kept', ...extension }));
    expect(await waitsFor(erasure)).toMatchObject({ severity: 'warning' });
    expect((await kept.findings.open()).some(({ code, place }) => code === 'REQUEST_STUCK' && place === erasure)).toBe(
      false,
    );
  });

  test('is a matter of staff no longer where the person takes the erasure back', async () => {
    trouble.full = true;
    const { erasure } = await confirmedBoth();
    await day(40);
    expect(await waitsFor(erasure)).toBeDefined();
    await kept.requests.withdraw(erasure, 'the person');
    await finish();
    expect(await waitsFor(erasure)).toBeUndefined();
  });

  test('whole is waited for as well: what could not be read is not erased until it was copied, or a lead lets it go', async () => {
    trouble.denied = true;
    const { access, erasure } = await confirmedBoth();
    expect(await again(kept, access)).toMatchObject({ status: 'partly-fulfilled' });
    await fetchCopy(access);
    await finish();
    await isUntouched(erasure);
    expect(await waitsFor(erasure)).toMatchObject({ text: expect.stringContaining('could still be copied') });
    expect(await kept.requests.copyBefore(await again(kept, erasure))).toEqual({ request: access, lacks: true });

    trouble.denied = false;
    the.clock.forward({ minutes: 1 });
    const asking = { channel: 'app', subject: ida.key, address: ida.address, text: 'The rest, please.' } as const;
    const { _id: rest } = await kept.requests.open({ ...asking, right: 'access' });
    await finish();
    await fetchCopy(rest);
    await finish();
    expect(await again(kept, erasure)).toMatchObject({ status: 'fulfilled' });
  });
});
