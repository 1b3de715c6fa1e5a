import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecordStore, Records, Where } from '../../packages/core/src/engine/ports/recordStore.ts';
import type { Finding, Stored } from '../../packages/core/src/engine/stored.ts';

const NOON = new Date('2026-03-03T12:00:00Z');
const at = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);

type Sample = Stored & Record<string, unknown>;

function sample(id: string, more: Record<string, unknown> = {}): Sample {
  return { _id: id, service: 'here', schema: 1, version: 0, pending: [], ...more };
}

/** What every store of Kept's own documents must do. `open` answers a prepared and empty one. */
export function recordStoreContract(
  kind: string,
  open: () => Promise<{ store: RecordStore; close: () => Promise<void> }>,
): void {
  describe(`a store of records: ${kind}`, () => {
    let store: RecordStore;
    let close: () => Promise<void>;
    let fresh = 0;

    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());

    const findings = (): Records<Finding & Sample> => store.collection('findings');
    const id = (): string => {
      fresh += 1;
      return `d${fresh}`;
    };
    /** Documents of one test, told apart from the others by their service. */
    const put = async (...all: Record<string, unknown>[]): Promise<string> => {
      const service = `service-${id()}`;
      for (const each of all) await findings().insert(sample(id(), { ...each, service }) as Finding & Sample);
      return service;
    };
    const texts = async (where: Where, options?: object): Promise<string[]> =>
      (await findings().find(where, options)).map((each) => each.text);

    test('an id is taken once, and the second insert changes nothing', async () => {
      const records = store.collection<Sample>('runs');
      expect(await records.insert(sample('once', { value: 1 }))).toBe(true);
      expect(await records.insert(sample('once', { value: 2 }))).toBe(false);
      expect(await records.get('once')).toMatchObject({ value: 1 });
    });

    test('a unique field is taken once, each service for itself', async () => {
      const staff = store.collection<Sample>('staff');
      expect(await staff.insert(sample('ada', { email: 'ada@kept.test' }))).toBe(true);
      expect(await staff.insert(sample('other', { email: 'ada@kept.test' }))).toBe(false);
      expect(await staff.insert(sample('there', { email: 'ada@kept.test', service: 'there' }))).toBe(true);
      expect(await staff.get('other')).toBeUndefined();
    });

    test('many go in up to the first refusal', async () => {
      const evidence = store.collection<Sample>('evidence');
      const entry = (name: string, seq: number): Sample => sample(name, { partition: 'main', seq });
      expect(await evidence.insertMany([])).toBe(0);
      expect(await evidence.insertMany([entry('e1', 1), entry('e2', 2)])).toBe(2);
      expect(await evidence.insertMany([entry('e3', 3), entry('late', 2), entry('e4', 4)])).toBe(1);
      expect((await evidence.find({ service: 'here' }, { sort: { seq: 1 } })).map((each) => each._id)).toEqual([
        'e1',
        'e2',
        'e3',
      ]);
    });

    test('dates, bytes, numbers and what lies deeper come back as they went in', async () => {
      const records = store.collection<Sample>('mails');
      const bytes = Uint8Array.of(0, 1, 255, 13, 10);
      await records.insert(
        sample('whole', { at: NOON, sealed: bytes, list: [{ a: { b: [1, null] } }], text: 'ü\u2028' }),
      );
      const back = (await records.get('whole')) as Sample & { at: Date; sealed: Uint8Array };
      expect(back.at.getTime()).toBe(NOON.getTime());
      expect([...back.sealed]).toEqual([...bytes]);
      expect(back).toMatchObject({ list: [{ a: { b: [1, null] } }], text: 'ü\u2028', version: 0 });
    });

    test('what was handed out or handed over cannot be changed from outside', async () => {
      const records = store.collection<Sample>('runs');
      const mine = sample('apart', { inner: { value: 1 } });
      await records.insert(mine);
      (mine.inner as { value: number }).value = 2;
      const handedOut = await records.get('apart');
      (handedOut?.inner as { value: number }).value = 3;
      expect(await records.get('apart')).toMatchObject({ inner: { value: 1 } });
    });

    test('a replacement raises the version, and the older version is refused', async () => {
      const records = store.collection<Sample>('runs');
      const first = sample('versions', { value: 1 });
      await records.insert(first);
      const second = await records.replace({ ...first, value: 2 });
      expect(second).toMatchObject({ version: 1, value: 2 });
      await expect(records.replace({ ...first, value: 9 })).rejects.toMatchObject({ code: 'RECORD_CONFLICT' });
      expect(await records.get('versions')).toMatchObject({ version: 1, value: 2 });
      await expect(records.replace(sample('nowhere'))).rejects.toMatchObject({ code: 'RECORD_CONFLICT' });
    });

    test('of two that write the same version at once, one wins', async () => {
      const records = store.collection<Sample>('runs');
      const first = sample('race', { value: 0 });
      await records.insert(first);
      const ends = await Promise.allSettled([1, 2, 3].map((value) => records.replace({ ...first, value })));
      expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
      expect((await records.get('race'))?.version).toBe(1);
    });

    test('a field that is set to undefined is gone', async () => {
      const records = store.collection<Sample>('runs');
      const first = sample('gone', { lease: { holder: 'a', until: NOON } });
      await records.insert(first);
      await records.replace({ ...first, lease: undefined } as unknown as Sample);
      expect((await records.get('gone'))?.lease).toBeUndefined();
      expect(await records.count({ _id: 'gone', lease: { exists: false } })).toBe(1);
    });

    test.each<[string, Where, string[]]>([
      ['equality', { code: 'A' }, ['one', 'three']],
      ['null, which stands for what is not there', { resolvedAt: null }, ['one', 'two']],
      ['one of a list', { code: { in: ['B', 'C'] } }, ['two']],
      ['one of a list with null in it', { place: { in: ['here', null] } }, ['one', 'two']],
      ['anything else', { code: { not: 'A' } }, ['two']],
      ['being there', { resolvedAt: { exists: true } }, ['three']],
      ['not being there', { resolvedAt: { exists: false } }, ['one', 'two']],
      ['earlier dates', { firstAt: { before: at(1) } }, ['one']],
      ['dates up to one', { firstAt: { upTo: at(1) } }, ['one', 'two']],
      ['later dates', { firstAt: { after: at(0) } }, ['two', 'three']],
      ['greater numbers', { times: { after: 1 } }, ['two', 'three']],
      ['later texts', { code: { after: 'A' } }, ['two']],
      ['an element of a list', { tags: 'red' }, ['one']],
      ['a field inside a list', { 'pending.id': { after: '' } }, ['two']],
      ['all conditions together', { code: 'A', times: { after: 1 } }, ['three']],
    ])('finds and counts by %s', async (_name, where, wanted) => {
      const service = await put(
        { text: 'one', code: 'A', firstAt: at(0), times: 1, tags: ['red', 'blue'], place: 'here' },
        { text: 'two', code: 'B', firstAt: at(1), times: 2, tags: [], pending: [{ id: 'p' }] },
        { text: 'three', code: 'A', firstAt: at(2), times: 3, resolvedAt: at(5), place: 'there' },
      );
      const all = { service, ...where };
      expect(await texts(all, { sort: { firstAt: 1 } })).toEqual(wanted);
      expect(await findings().count(all)).toBe(wanted.length);
    });

    test('sorts by several fields, skips and limits', async () => {
      const service = await put(
        { text: 'b1', code: 'b', times: 1 },
        { text: 'a2', code: 'a', times: 2 },
        { text: 'a1', code: 'a', times: 1 },
        { text: 'c1', code: 'c', times: 1 },
      );
      expect(await texts({ service }, { sort: { code: 1, times: -1 } })).toEqual(['a2', 'a1', 'b1', 'c1']);
      expect(await texts({ service }, { sort: { code: 1, times: 1 }, skip: 1, limit: 2 })).toEqual(['a2', 'b1']);
      expect(await texts({ service }, { sort: { code: -1 }, limit: 1 })).toEqual(['c1']);
    });

    test('removes what matches and says how many', async () => {
      const service = await put({ text: 'x', code: 'A' }, { text: 'y', code: 'A' }, { text: 'z', code: 'B' });
      expect(await findings().remove({ service, code: 'A' })).toBe(2);
      expect(await findings().remove({ service, code: 'A' })).toBe(0);
      expect(await texts({ service })).toEqual(['z']);
    });

    test('a lease keeps the others out until it is over; its holder may renew it', async () => {
      const service = await put({ text: 'one' });
      const claim = (holder: string, now: number): Promise<Sample | undefined> =>
        findings().claim({ service }, holder, at(now), at(now + 1));
      const mine = await claim('me', 0);
      expect(mine).toMatchObject({ lease: { holder: 'me' }, version: 1 });
      expect(await claim('you', 0)).toBeUndefined();
      expect(await claim('me', 0)).toMatchObject({ version: 2 });
      expect(await claim('you', 1)).toMatchObject({ lease: { holder: 'you' }, version: 3 });
      await expect(findings().replace(mine as Finding & Sample)).rejects.toMatchObject({ code: 'RECORD_CONFLICT' });
    });

    test('of many that claim at once each gets another document', async () => {
      const service = await put({ text: 'a' }, { text: 'b' }, { text: 'c' });
      const claimed = await Promise.all(
        ['v', 'w', 'x', 'y', 'z'].map((holder) => findings().claim({ service }, holder, at(0), at(1))),
      );
      expect(claimed.flatMap((each) => (each ? [each.text] : [])).sort()).toEqual(['a', 'b', 'c']);
    });

    test('settling takes those events out and touches nothing else, not even the version', async () => {
      const records = store.collection<Sample>('runs');
      const event = (name: string): object => ({ id: name, at: NOON, type: 'T', details: {} });
      const first = sample('settled', { value: 1, pending: [event('a'), event('b'), event('c')] });
      await records.insert(first);
      await records.settle('settled', ['a', 'c', 'unknown']);
      const left = await records.get('settled');
      expect(left).toMatchObject({ value: 1, version: 0 });
      expect(left?.pending.map((each) => each.id)).toEqual(['b']);
      await records.settle('nowhere', ['a']);
    });

    test('preparing twice, and at once, is harmless', async () => {
      await Promise.all([store.prepare(), store.prepare()]);
      expect(await store.collection('runs').get('once')).toBeDefined();
    });
  });
}
