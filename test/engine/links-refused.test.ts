import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewLink } from '@kept/core';
import { aPerson, type Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';

const the = await scene();
const { kept } = the;
let ann: Person;
afterAll(() => the.close());
beforeEach(async () => {
  for (const name of ['users', 'generations', 'kept_links', 'kept_attempts', 'kept_holds'])
    await the.db.collection(name).deleteMany({});
  ann = await aPerson(the, 'ann@example.org', { videos: 2, saved: 2, logs: 0, payments: 0 });
});

const video = (change: Partial<NewLink> = {}): NewLink => ({
  subject: ann.key,
  collection: 'generations',
  record: String(ann.videos[0]),
  part: { fields: ['outputs[].file'] },
  ...change,
});
const shut = { code: 'LINK_NOT_FOUND', message: 'This link opens nothing' };
const expectShut = (token: string): Promise<void> => expect(kept.links.open(token)).rejects.toMatchObject(shut);

describe('what is refused', () => {
  const operator = { $ne: '' } as never;

  test.each([
    ['a token that is an operator', operator],
    ['no token', ''],
    ['a token that is too long', 'a'.repeat(100_000)],
    ['a token that nobody gave out', 'a'.repeat(43)],
  ])('%s', async (_what, token) => {
    await expectShut(token);
  });

  test.each<[string, Partial<NewLink>, string]>([
    ['an operator for a subject', { subject: operator }, 'SUBJECT_INVALID'],
    ['an operator for a record', { record: operator }, 'INPUT_INVALID'],
    ['an operator for a field', { part: { fields: [operator] } }, 'INPUT_INVALID'],
    ['what is no list', { part: { fields: operator } }, 'LINK_INVALID'],
    ['more parts than anything has', { part: { files: Array.from({ length: 201 }, String) } }, 'LINK_INVALID'],
    ['a record that is not there', { record: 'f'.repeat(24) }, 'RECORD_NOT_FOUND'],
    ['a collection that the inventory does not have', { collection: 'kept_staff' }, 'RECORD_NOT_FOUND'],
    ['a field that the inventory does not have', { part: { fields: ['__proto__'] } }, 'LINK_INVALID'],
    ['a file that the record does not hold', { part: { files: ['generations/x.mp4'] } }, 'LINK_INVALID'],
    ['a date that is over', { until: new Date(0) }, 'LINK_INVALID'],
    ['a date in words', { until: 'tomorrow' as never }, 'LINK_INVALID'],
  ])('%s', async (_what, change, code) => {
    await expect(kept.links.create(video(change))).rejects.toMatchObject({ code });
  });

  test('what is somebody else’s can be neither shared nor taken back', async () => {
    const bo = await aPerson(the, 'bo@example.org', { videos: 0, logs: 0, payments: 0 });
    await expect(kept.links.create(video({ subject: bo.key }))).rejects.toMatchObject({ code: 'RECORD_NOT_FOUND' });
    const { id, token } = await kept.links.create(video());
    await expect(kept.links.revoke(id, bo.key)).rejects.toMatchObject(shut);
    expect(await kept.links.revokeAll(bo.key)).toBe(0);
    await kept.links.open(token);
  });

  test('what is no content is shared with nobody', async () => {
    const account = { subject: ann.key, collection: 'users', record: ann.key };
    await expect(kept.links.create({ ...account, part: { fields: ['email'] } })).rejects.toMatchObject({
      code: 'LINK_REFUSED',
    });
    await expect(kept.links.create(account)).rejects.toMatchObject({ code: 'LINK_REFUSED' });
  });

  test('what the inventory hands to nobody is not shared by its name either', async () => {
    const inventory = structuredClone(kept.policy.inventory);
    const fields = inventory.collections.find(({ name }) => name === 'generations')?.fields ?? [];
    const outputs = fields.find(({ path }) => path === 'outputs[].file');
    const { token } = await kept.links.create(video());
    await kept.links.open(token);

    Object.assign(outputs ?? {}, { export: 'never' });
    const closed = await the.restart({ policy: { ...kept.policy, inventory } });
    await expect(closed.links.create(video())).rejects.toMatchObject({ code: 'LINK_INVALID' });
    await expect(closed.links.open(token)).rejects.toMatchObject(shut);
  });

  test('who tries too many tokens must wait, from that place alone', async () => {
    const { token } = await kept.links.create(video());
    for (let attempt = 0; attempt < 50; attempt += 1)
      await expect(kept.links.open('a'.repeat(43), '192.0.2.7')).rejects.toMatchObject(shut);
    await expect(kept.links.open(token, '192.0.2.7')).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    await kept.links.open(token, '192.0.2.8');
    the.clock.forward({ minutes: 16 });
    await kept.links.open(token, '192.0.2.7');
  });
});
