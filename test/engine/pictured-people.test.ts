import { buffer } from 'node:stream/consumers';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type StoredRequest, sharpBlur, type Ticket } from '@kept/core';
import sharp from 'sharp';
import { picture } from '../media/picturesMade.ts';
import { aVideo, type Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { again, leadOf, twoStaff } from './case.ts';
import { casework } from './casework.ts';

const TEXT = 'That is my face in this clip. I never agreed to it, please take it down.';
const MARA = 'mara.pictured@example.net';
const ARTICLE = 'Article 17(1)(d) GDPR';

const the = await scene({ blur: sharpBlur(sharp) });
const { kept } = the;
const { somebody, lettersTo, lastTo, finish } = casework(() => the);
afterAll(() => the.close());
// A later quarter of an hour, in which nobody has reported anything yet.
beforeEach(() => void the.clock.forward({ minutes: 16 }));

const requestOf = async ({ _id }: Pick<Ticket, '_id'>): Promise<StoredRequest> =>
  again(kept, (await kept.tickets.get(_id))?.requests[0] ?? '');

/** A clip of somebody, with the report of whoever is shown in it, up to where staff have found and seen it. */
async function found(
  by: string = MARA,
): Promise<{ owner: Person; record: string; open: StoredRequest; agent: string }> {
  const { agent } = await twoStaff(kept);
  const owner = await somebody({ videos: 1, logs: 0, payments: 0 });
  const record = String(owner.videos[0]);
  const ticket = await kept.reports.pictured({ link: `clip ${record}`, text: TEXT, by: { address: by } });
  await finish();
  const { _id } = await requestOf(ticket);
  const open = await kept.reports.shows(_id, agent, { collection: 'generations', record });
  return { owner, record, open, agent };
}
async function look(subject: string, record: string, by: string): Promise<void> {
  const seen = { purpose: 'safety.moderation', reason: 'a report of somebody pictured' };
  await kept.views.open({ by, subject, collection: 'generations', record, ...seen });
}
const takedown = { right: 'erasure', report: 'pictured', outcome: 'takedown', article: ARTICLE } as const;

describe('somebody who is shown in what another made', () => {
  test('is told no decision where the report was taken back', async () => {
    const { open, agent } = await found('back@example.net');
    await kept.requests.withdraw(open._id, agent);
    await finish();
    expect(lettersTo('back@example.net')).toEqual(['We have your report', 'Your request was taken back']);
  });

  test('has it taken down, files and all, and neither learns of the other', async () => {
    const { owner, record, open, agent } = await found();
    expect(open).toMatchObject({ report: 'pictured', status: 'verified', subject: `kept:address:${MARA}` });
    expect((await kept.tickets.queue()).items[0]).toMatchObject({ _id: open.ticket, priority: 'pictured-report' });
    await look(owner.key, record, agent);
    await kept.requests.decide(open._id, agent, takedown);
    await finish();

    expect(await again(kept, open._id)).toMatchObject({ status: 'fulfilled' });
    expect(await the.db.collection('generations').countDocuments({ _id: owner.videos[0] as never })).toBe(0);
    expect([await the.media.has(`generations/${record}.mp4`), await the.media.has(`uploads/${record}.png`)]).toEqual([
      false,
      false,
    ]);
    expect(lettersTo(MARA)).toEqual(['We have your report', 'Your report is decided']);
    expect(lastTo(MARA)).toContain('We have taken it down.');
    expect(lettersTo(owner.address)).toEqual(['About something that you made']);
    expect(lastTo(owner.address)).toContain(ARTICLE);
    const to = (whom: string): string =>
      JSON.stringify(
        the.mailer.sent.filter((letter) => letter.to === whom).map(({ text, subjectLine }) => [subjectLine, text]),
      );
    for (const word of [MARA, 'mara', String((await kept.tickets.get(open.ticket))?.number)])
      expect(to(owner.address)).not.toContain(word);
    for (const word of [owner.address, owner.key, record]) expect(to(MARA)).not.toContain(word);
    expect((await kept.tickets.get(open.ticket))?.subject).toBeUndefined();
    expect(await kept.requests.list({ ids: [open._id] })).toMatchObject({ total: 1 });
  });

  test('has it seen by nobody else meanwhile, and again by all where it is refused with its ground', async () => {
    const { owner, record, open } = await found('lee@example.net');
    const content = { collection: 'generations', record };
    const seenBy = async (): Promise<string> => {
      const what = { subject: owner.key, purpose: 'service.delivery', category: 'generation.output' };
      return (await kept.decide({ ...what, viewer: 'public', visibility: 'public', content })).outcome;
    };
    const { token } = await kept.links.create({ subject: owner.key, ...content });
    await expect(kept.links.open(token)).rejects.toMatchObject({ code: 'LINK_NOT_FOUND' });
    expect(await seenBy()).toBe('forbidden');
    expect(await kept.reports.mayBeShown(content)).toBe(false);
    expect(await kept.reports.mayBeShown({ collection: 'generations', record: 'another' })).toBe(true);

    await kept.requests.refuse(open._id, await leadOf(kept), {
      article: 'Article 17(3)(a) GDPR',
      reason: 'It is a parody of a speech.',
    });
    await finish();
    expect(await kept.reports.mayBeShown(content)).toBe(true);
    expect(await seenBy()).toBe('permitted');
    expect(await kept.links.open(token)).toMatchObject({ record });
    expect(lastTo('lee@example.net')).toContain('It is a parody of a speech.');
    expect(lastTo('lee@example.net')).toContain('Article 17(3)(a) GDPR');
    expect(lastTo('lee@example.net')).toContain('supervisory authority');
    expect(lettersTo(owner.address)).toEqual([]);
  });

  test('is covered in it, the picture staying in its place without what was made of it before', async () => {
    const { agent } = await twoStaff(kept);
    const owner = await somebody({ videos: 0, logs: 0, payments: 0 });
    const record = String(await aVideo(the, owner.id));
    const file = `uploads/${record}.png`;
    const before = await picture('png', 'Mara was here', {}, 1);
    await the.media.put(file, before);
    const { _id } = await requestOf(
      await kept.reports.pictured({ link: record, text: TEXT, by: { address: 'cov@example.net' } }),
    );
    await finish();
    await kept.reports.shows(_id, agent, { collection: 'generations', record });
    await look(owner.key, record, agent);

    const face = { store: 'media', file, x: 0, y: 0, width: 0.5, height: 1 };
    const blur = { right: 'erasure', report: 'pictured', outcome: 'blur', article: ARTICLE } as const;
    for (const faces of [
      undefined,
      [],
      [{ ...face, x: 0.8 }],
      [{ ...face, width: Number.NaN }],
      [{ ...face, file: 'somebody/else.png' }],
      [{ ...face, file: { $ne: '' } }],
    ])
      await expect(kept.requests.decide(_id, agent, { ...blur, faces } as never)).rejects.toMatchObject({
        code: 'DECISION_INVALID',
      });
    const film = { ...face, file: `generations/${record}.mp4` };
    await expect(kept.requests.decide(_id, agent, { ...blur, faces: [film] })).rejects.toMatchObject({
      code: 'BLUR_REFUSED',
    });

    await kept.requests.decide(_id, agent, { ...blur, faces: [face] });
    await finish();
    expect(await again(kept, _id)).toMatchObject({ status: 'fulfilled' });
    const after = await buffer(await the.media.read(file));
    expect(after.equals(before)).toBe(false);
    expect((await sharp(after).metadata()).format).toBe('png');
    expect(await the.media.has(`${file}.covered`)).toBe(false);
    expect(await the.db.collection('generations').countDocuments({ userId: owner.id })).toBe(1);
    expect(lastTo('cov@example.net')).toContain('We have covered you in it');
    expect(lastTo(owner.address)).toContain('we covered them in it');
  });

  test('is decided by nobody who has not looked, and looking is on record with its purpose', async () => {
    const { owner, record, open, agent } = await found('seen@example.net');
    await expect(kept.requests.decide(open._id, agent, takedown)).rejects.toMatchObject({ code: 'DECISION_INVALID' });
    await kept.views.open({
      by: agent,
      subject: owner.key,
      collection: 'generations',
      record,
      purpose: 'marketing',
      reason: 'a report of somebody pictured',
    });
    await expect(kept.requests.decide(open._id, agent, takedown)).rejects.toMatchObject({ code: 'DECISION_INVALID' });
    await look(owner.key, record, agent);
    expect(await kept.requests.decide(open._id, agent, takedown)).toMatchObject({ status: 'decided' });
    const views = await kept.views.of(owner.key);
    expect(JSON.stringify(views)).not.toContain('seen@example.net');
  });

  test('is told that a file is part of something else too, which stays', async () => {
    const { agent } = await twoStaff(kept);
    const owner = await somebody({ videos: 0, logs: 0, payments: 0 });
    const [first] = [
      await aVideo(the, owner.id, { input: 'uploads/shared.png' }),
      await aVideo(the, owner.id, { input: 'uploads/shared.png' }),
    ];
    await the.media.put('uploads/shared.png', Buffer.from('picture'));
    const { _id } = await requestOf(
      await kept.reports.pictured({ link: 'x', text: TEXT, by: { address: 'part@example.net' } }),
    );
    await finish();
    await kept.reports.shows(_id, agent, { collection: 'generations', record: String(first) });
    await look(owner.key, String(first), agent);
    await kept.requests.decide(_id, agent, takedown);
    await finish();
    expect(await again(kept, _id)).toMatchObject({ status: 'partly-fulfilled' });
    expect(lastTo('part@example.net')).toContain('part of other records too');
  });

  test('waits where a legal hold keeps it, seen by nobody else meanwhile, and goes once that is lifted', async () => {
    const { owner, record, open, agent } = await found('held@example.net');
    const content = { collection: 'generations', record };
    const hold = await kept.holds.place({ kind: 'legal', subject: owner.key, ground: 'case 4711', by: agent });
    await look(owner.key, record, agent);
    await kept.requests.decide(open._id, agent, takedown);
    await finish();
    expect((await again(kept, open._id)).status).toBe('decided');
    expect(await kept.reports.mayBeShown(content)).toBe(false);
    expect((await kept.findings.open()).map(({ code }) => code)).toContain('CONTENT_HELD');

    await kept.holds.lift(hold, agent);
    the.clock.forward({ minutes: 1 });
    await finish();
    expect((await again(kept, open._id)).status).toBe('fulfilled');
    expect(await the.media.has(`generations/${record}.mp4`)).toBe(false);
  });

  test('is looked for by staff in office alone, among records that are there', async () => {
    const { agent } = await twoStaff(kept);
    const { _id } = await requestOf(await kept.reports.pictured({ link: 'somewhere', text: TEXT }));
    await finish();
    const content = { collection: 'generations', record: 'none' };
    await expect(kept.reports.shows(_id, 'a stranger', content)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    for (const wrong of [content, { collection: 'no such', record: 'x' }])
      await expect(kept.reports.shows(_id, agent, wrong)).rejects.toMatchObject({ code: 'CONTENT_NOT_FOUND' });
    for (const wrong of [undefined, { collection: 'generations', record: { $ne: '' } }])
      await expect(kept.reports.shows(_id, agent, wrong as never)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(kept.requests.decide(_id, agent, takedown)).rejects.toMatchObject({ code: 'DECISION_INVALID' });
  });
});
