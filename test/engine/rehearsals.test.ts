import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept, StoredRequest } from '@kept/core';
import { DAY, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approved, DELETE, twoStaff } from './case.ts';
import { casework } from './casework.ts';

let the: Scene;
let kept: Kept;
let ann: Person;
let agent: string;
const { somebody, has, lettersTo, lastTo, finish } = casework(() => the);

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  ({ agent } = await twoStaff(kept));
});
afterAll(() => the.close());
beforeEach(async () => {
  ann = await somebody();
});

describe('a rehearsal', () => {
  test('says what an erasure would do, under which law and until when', async () => {
    const rehearsed = await kept.requests.rehearse('erasure', ann.key);
    expect(rehearsed).toMatchObject({ right: 'erasure', regime: 'eu-gdpr', way: 'approved', dueOn: '2026-04-02' });
    expect(rehearsed.plan.map(({ collection, action }) => `${action} ${collection}`)).toContain('detach payments');
    expect(rehearsed.found.find(({ collection }) => collection === 'users')).toMatchObject({ records: 1 });
  });

  test('names who would be told, and nobody who has nothing of the person any more', async () => {
    const at = the.clock.now();
    const one = (recipient: string, more: object = {}): object => ({
      ...{ _id: `d-${recipient}`, service: 'sdance-ai', version: 1, schema: 1, pending: [], outcome: 'made' },
      ...{ subject: ann.key, recipient, categories: ['generation.prompt'], at, ...more },
    });
    const log = [one('fal-ai'), one('creem', { outcome: 'refused' }), one('resend', { copyEndedAt: at })];
    await the.db.collection('kept_disclosures').insertMany(log);
    expect(await kept.requests.rehearse('erasure', ann.key)).toMatchObject({ recipients: ['fal-ai'] });
  });

  test('changes nothing, writes nothing and sends nothing', async () => {
    const before = await contents();
    for (const right of ['access', 'erasure', 'objection'] as const) await kept.requests.rehearse(right, ann.key);
    expect(await contents()).toEqual(before);
    expect(lettersTo(ann.address)).toEqual([]);
  });

  test('is refused for what is no key of a person', async () => {
    const bad = { $ne: '' } as unknown as string;
    await expect(kept.requests.rehearse('access', bad)).rejects.toMatchObject({ code: 'SUBJECT_INVALID' });
  });
});

describe('a test request', () => {
  const opened = async (right: StoredRequest['right']): Promise<StoredRequest> => {
    const { _id } = await kept.requests.openTest({ right, subject: ann.key, by: agent });
    await finish();
    return again(kept, _id);
  };

  test('goes through preview and approval, and erases nobody', async () => {
    const { _id } = await opened('erasure');
    await approved(kept, _id);
    await finish();
    const ended = await again(kept, _id);
    expect(ended).toMatchObject({ status: 'fulfilled', test: true, rehearsal: { right: 'erasure' } });
    expect(await has('generations', ann)).toBe(3);
    expect(await kept.requests.receipt(_id)).toBeUndefined();
    expect(await the.ledger.entries()).toEqual([]);
  });

  test('writes to the staff member who opened it, and to nobody else', async () => {
    await opened('access');
    expect(lettersTo(ann.address)).toEqual([]);
    expect(lettersTo('ada@kept.test')).toContain('Test request ended');
    expect(lastTo('ada@kept.test')).toContain('generations: 3 records');
    expect(lastTo('ada@kept.test')).not.toContain(ann.address);
  });

  test('stands in no queue, counts nowhere, and nobody is reminded of it', async () => {
    const queued = async (): Promise<number> => (await kept.tickets.queue({ status: 'open' })).total;
    const [before, listed] = [await queued(), (await kept.requests.list()).total];
    const { _id, ticket } = await kept.requests.openTest({ right: 'objection', subject: ann.key, by: agent });
    expect([await queued(), (await kept.requests.list()).total]).toEqual([before, listed]);

    const number = (await kept.tickets.get(ticket))?.number ?? '';
    expect((await kept.tickets.queue({ search: number })).items).toMatchObject([{ _id: ticket, test: true }]);
    expect((await kept.requests.list({ tests: true })).items.map((each) => each._id)).toContain(_id);

    the.clock.set(new Date(the.clock.now().getTime() + 40 * DAY));
    await kept.reminders.send();
    const findings = await kept.findings.open();
    expect(findings.filter(({ place }) => place === _id || place === ticket)).toEqual([]);
  });

  test('neither holds up nor stands for what the person asks', async () => {
    await kept.requests.openTest({ right: 'access', subject: ann.key, by: agent });
    await kept.requests.openTest({ right: 'erasure', subject: ann.key, by: agent });
    const asked = { right: 'erasure', channel: 'app', subject: ann.key, address: ann.address, text: DELETE } as const;
    const own = await kept.requests.open(asked);
    await finish();
    expect(await again(kept, own._id)).toMatchObject({ status: 'previewed' });
    await approved(kept, own._id);
    await finish();
    expect(await has('generations', ann)).toBe(0);
  });

  test('is opened by staff in office alone', async () => {
    const by = 'a stranger';
    await expect(kept.requests.openTest({ right: 'access', subject: ann.key, by })).rejects.toMatchObject({
      code: 'APPROVAL_REFUSED',
    });
  });
});

/** Every document of the database. */
async function contents(): Promise<Record<string, unknown[]>> {
  const names = (await the.db.listCollections().toArray()).map(({ name }) => name).sort();
  const all = await Promise.all(names.map((name) => the.db.collection(name).find().sort({ _id: 1 }).toArray()));
  return Object.fromEntries(names.map((name, index) => [name, all[index] ?? []]));
}
