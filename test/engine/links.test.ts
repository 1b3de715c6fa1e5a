import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewLink } from '@kept/core';
import { aPerson, aVideo, type Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { approved, confirmed, mail } from './case.ts';

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

describe('what a link opens', () => {
  test('exactly what was shared, and nothing beside it', async () => {
    const one = await kept.links.create(video());
    expect(await kept.links.open(one.token)).toEqual({
      subject: ann.key,
      collection: 'generations',
      record: String(ann.videos[0]),
      part: { fields: ['outputs[].file'], files: [] },
    });
    const file = `generations/${ann.videos[0]}.mp4`;
    const { token } = await kept.links.create(video({ part: { files: [file] } }));
    expect((await kept.links.open(token)).part).toEqual({ fields: [], files: [file] });
  });

  test('a whole record is its content, and nothing that may not be handed out', async () => {
    const { token } = await kept.links.create({
      subject: ann.key,
      collection: 'generations',
      record: String(ann.videos[0]),
    });
    const { part } = await kept.links.open(token);
    // Delivering reaches what was uploaded and what was made of it, and no prompt.
    expect(part).toEqual({ fields: ['references[].file', 'outputs[].file'], files: [] });
  });

  test('only a hash of the token is stored, and it is told once', async () => {
    const { id, token } = await kept.links.create(video());
    expect(token).toMatch(/^[\w-]{43}$/);
    const stored = JSON.stringify(await the.db.collection('kept_links').find().toArray());
    expect(stored).not.toContain(token);
    expect(await kept.links.of(ann.key)).toEqual([expect.objectContaining({ id, state: 'open', opened: 0 })]);
    expect(JSON.stringify(await kept.links.of(ann.key))).not.toContain('token');
  });
});

describe('when a link dies', () => {
  test('with its date', async () => {
    const until = new Date(the.clock.now().getTime() + 3_600_000);
    const { token } = await kept.links.create(video({ until }));
    await kept.links.open(token);
    the.clock.set(until);
    await expectShut(token);
    expect(await kept.links.of(ann.key)).toMatchObject([{ state: 'over' }]);
  });

  test('when its owner takes it back, alone or with all others', async () => {
    const [one, two, three] = [
      await kept.links.create(video()),
      await kept.links.create(video()),
      await kept.links.create(video({ record: String(ann.videos[1]) })),
    ];
    await kept.links.revoke(one.id, ann.key);
    await kept.links.revoke(one.id, ann.key);
    await expectShut(one.token);
    expect(await kept.links.revokeAll(ann.key, { collection: 'generations', record: String(ann.videos[0]) })).toBe(1);
    await expectShut(two.token);
    await kept.links.open(three.token);
    expect(await kept.links.revokeAll(ann.key)).toBe(1);
    await expectShut(three.token);
    const revoked = (await the.ledger.entries()).filter(({ kind }) => kind === 'link-revoked');
    expect(revoked.map(({ detail }) => detail)).toEqual(expect.arrayContaining([one.id, two.id, three.id]));
  });

  test('with the content, with a file of it, and when it becomes somebody else’s', async () => {
    const file = `generations/${ann.videos[0]}.mp4`;
    const [whole, single] = [
      await kept.links.create(video()),
      await kept.links.create(video({ part: { files: [file] } })),
    ];
    const videos = the.db.collection('generations');
    const [_id = ann.id] = ann.videos;
    await videos.updateOne({ _id }, { $set: { outputs: [{ file: 'generations/other.mp4' }] } });
    await expectShut(single.token);
    await kept.links.open(whole.token);
    const bo = await aPerson(the, 'bo@example.org', { videos: 0, logs: 0, payments: 0 });
    await videos.updateOne({ _id }, { $set: { userId: bo.id } });
    await expectShut(whole.token);
    await videos.deleteOne({ _id });
    await expectShut(whole.token);
  });

  test('with the account: closed is shut, and gone is shut', async () => {
    const { token } = await kept.links.create(video());
    const users = the.db.collection('users');
    await users.updateOne({ _id: ann.id }, { $set: { closedAt: the.clock.now() } });
    await expectShut(token);
    await expect(kept.links.create(video())).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    await users.updateOne({ _id: ann.id }, { $unset: { closedAt: '' } });
    await kept.links.open(token);
    await users.deleteOne({ _id: ann.id });
    await expectShut(token);
  });

  test('when its owner makes the record private that was for others when it was shared', async () => {
    const videos = the.db.collection('generations');
    const see = (visibility: string) => videos.updateOne({ _id: ann.videos[0] ?? ann.id }, { $set: { visibility } });
    const before = await kept.links.create(video());
    await see('public');
    const meanwhile = await kept.links.create(video());
    await kept.links.open(before.token);
    for (const narrower of ['link', 'private', 'nonsense']) {
      await see(narrower);
      await expectShut(meanwhile.token);
      await kept.links.open(before.token);
    }
  });

  test('it stays shut while its owner is restricted, and opens again after', async () => {
    const { token } = await kept.links.create(video());
    const hold = await kept.holds.place({ kind: 'restriction', subject: ann.key, ground: 'accuracy', by: 'staff-1' });
    await expectShut(token);
    await kept.holds.lift(hold, 'staff-1');
    await kept.links.open(token);
  });
});

describe('what is left of links', () => {
  test('a link whose content ended goes with the sweep of its rule', async () => {
    const old = await aVideo(the, ann.id, { createdAt: new Date(the.clock.now().getTime() - 29 * 86_400_000) });
    const { token } = await kept.links.create(video({ record: String(old) }));
    const other = await kept.links.create(video());
    the.clock.forward({ days: 1 });
    const [report] = await kept.retention.sweep({ rule: 'generated-videos' });
    expect(report?.collections).toContainEqual(expect.objectContaining({ collection: 'kept.links', erased: 1 }));
    await expectShut(token);
    expect(await kept.links.of(ann.key)).toMatchObject([{ id: other.id }]);
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });
  });

  test('erasure takes the links with the person, and the receipt counts them', async () => {
    const { id, token } = await kept.links.create(video());
    await mail(kept, ann.address, 'Please delete everything you have about me.');
    const request = await confirmed(the, kept, ann.address);
    await approved(kept, request._id);
    await kept.requests.advance();
    expect(await kept.links.of(ann.key)).toEqual([]);
    await expectShut(token);
    const done = await kept.requests.get(request._id);
    expect(done?.carriedOut).toContainEqual(
      expect.objectContaining({ collection: 'kept.links', action: 'erase', done: 1 }),
    );
    const ids = (await kept.evidence.entries({ kind: 'links', id })).map(({ _id }) => _id) as never[];
    expect(ids.length).toBeGreaterThan(0);
    expect(await the.db.collection('kept_evidenceDetails').countDocuments({ _id: { $in: ids } })).toBe(0);
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });
  });

  test('creating, taking back and opening are in the evidence, opening once a day', async () => {
    const { id, token } = await kept.links.create(video());
    for (let visit = 0; visit < 3; visit += 1) await kept.links.open(token);
    the.clock.forward({ days: 1 });
    await kept.links.open(token);
    await kept.links.revoke(id, ann.key);
    await kept.evidence.sequence();
    const types = (await kept.evidence.entries({ kind: 'links', id })).map(({ type }) => type);
    expect(types).toEqual(['LinkCreated', 'LinkOpened', 'LinkOpened', 'LinkRevoked']);
    expect(await kept.links.of(ann.key)).toMatchObject([{ opened: 4 }]);
  });

  test('many visits at one moment all see it', async () => {
    const { token } = await kept.links.create(video());
    const seen = await Promise.all(Array.from({ length: 20 }, () => kept.links.open(token)));
    expect(seen).toHaveLength(20);
  });
});
