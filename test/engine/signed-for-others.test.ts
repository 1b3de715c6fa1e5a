import { afterAll, expect, test } from '@jest/globals';
import { sharpBlur } from '@kept/core';
import express from 'express';
import sharp from 'sharp';
import request from 'supertest';
import { picture } from '../media/picturesMade.ts';
import { aVideo, linkFor } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { answerReceiptOf, genuine, says } from './answerReceiptOf.ts';
import { again, DELETE, mail, ticketOfMail, twoStaff } from './case.ts';
import { casework } from './casework.ts';

const ARTICLE = 'Article 17(1)(d) GDPR';

const the = await scene({ blur: sharpBlur(sharp) });
const { kept } = the;
const { somebody, finish } = casework(() => the);
afterAll(() => the.close());

test('who is in no record has it signed that nothing was found, where that is still so', async () => {
  const address = 'passer@example.net';
  const arrived = await mail(kept, address, DELETE);
  await finish();
  await kept.requests.confirm(linkFor(the, address));
  await finish();
  const [id = ''] = (await ticketOfMail(the, arrived)).requests;
  const receipt = await answerReceiptOf(the, id);
  expect(receipt).toMatchObject({ outcome: 'fulfilled', request: { right: 'erasure' }, notClaimed: [] });
  expect(receipt.claims).toEqual([{ what: 'nothing-found' }]);
  expect(says(receipt, [address, 'passer'])).toEqual([]);
});

test('who is pictured has it signed what was taken down or covered, and reads of nobody else', async () => {
  const { agent } = await twoStaff(kept);
  const owner = await somebody({ videos: 1, logs: 0, payments: 0 });
  const covered = await aVideo(the, owner.id);
  const file = `uploads/${covered}.png`;
  await the.media.put(file, await picture('png', 'Mara was here', {}, 1));

  const found = async (record: string): Promise<string> => {
    the.clock.forward({ minutes: 16 });
    const by = { address: 'mara.pictured@example.net' };
    const { _id } = await kept.reports.pictured({ link: record, text: 'That is me.', by });
    await finish();
    const id = (await kept.tickets.get(_id))?.requests[0] ?? '';
    await kept.reports.shows(id, agent, { collection: 'generations', record });
    const seen = { purpose: 'safety.moderation', reason: 'a report of somebody pictured' };
    await kept.views.open({ by: agent, subject: owner.key, collection: 'generations', record, ...seen });
    return id;
  };
  const decision = { right: 'erasure', report: 'pictured', article: ARTICLE } as const;
  const down = await found(String(owner.videos[0]));
  await kept.requests.decide(down, agent, { ...decision, outcome: 'takedown' });
  const blurred = await found(String(covered));
  const faces = [{ store: 'media', file, x: 0, y: 0, width: 0.5, height: 1 }];
  await kept.requests.decide(blurred, agent, { ...decision, outcome: 'blur', faces });
  await finish();

  const receipts = [await answerReceiptOf(the, down), await answerReceiptOf(the, blurred)];
  expect(receipts.map(({ claims }) => claims)).toEqual([
    [{ what: 'taken-down', article: ARTICLE, records: 1 }],
    [{ what: 'covered', article: ARTICLE, files: 1 }],
  ]);
  expect(receipts[0]?.request).toMatchObject({ report: 'pictured' });
  const secret = [owner.key, owner.address, String(owner.videos[0]), String(covered), 'mara'];
  expect(receipts.flatMap((receipt) => says(receipt, secret))).toEqual([]);
});

test('the end of a restriction is signed once its person was told and it has ended, and its page leads to that', async () => {
  const { lead } = await twoStaff(kept);
  const { key: subject, address } = await somebody();
  const stranger = await somebody();
  let who = subject;
  const app = express().use('/privacy', kept.router({ subjectOf: () => who }));
  const asks = { ground: 'accuracy-contested' } as const;
  const { _id: id } = await kept.requests.open({
    right: 'restriction',
    channel: 'app',
    subject,
    address,
    text: 'x',
    asks,
  });
  await finish();
  const [hold] = await kept.restrictions.history(subject);
  const since = the.clock.now().toISOString();
  the.clock.forward({ days: 3 });
  await kept.restrictions.lift(hold?._id ?? '', lead);
  await kept.restrictions.advance();
  expect(await kept.restrictions.receipt(hold?._id ?? '')).toBeUndefined();

  await finish();
  await kept.restrictions.advance();
  const { text = '' } = (await kept.restrictions.receipt(hold?._id ?? '')) ?? {};
  const now = the.clock.now().toISOString();
  expect(await genuine(the, text)).toMatchObject({
    outcome: 'lifted',
    decision: { role: 'lead', staff: lead },
    claims: [{ what: 'restriction-lifted', ground: 'accuracy-contested', since, toldAt: now, liftedAt: now }],
  });
  expect(says(await genuine(the, text), [subject, address])).toEqual([]);
  expect((await answerReceiptOf(the, id)).claims).toMatchObject([{ what: 'restricted', since }]);
  expect(await again(kept, id)).toMatchObject({ status: 'fulfilled' });

  const { ended } = (await request(app).get(`/privacy/requests/${id}`).set('Accept', 'application/json')).body;
  expect(ended).toEqual({ restriction: hold?._id, on: now.slice(0, 10) });
  const there = `/privacy/restrictions/${ended.restriction}/receipt`;
  expect((await request(app).get(`/privacy/requests/${id}`).set('Accept', 'text/html')).text).toContain(there);
  expect((await request(app).get(there)).text).toBe(text);
  who = stranger.key;
  await request(app).get(there).set('Accept', 'application/json').expect(404);
});
