import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { httpData, type Kept, serveData } from '@kept/core';
import express from 'express';
import { editedPack } from '../kernel/policy/editedPack.ts';
import { type Served, serve } from '../support/browser.ts';
import { CONTACTS, contactOf, contacts, crm, KEY, withCollections } from '../support/crm.ts';
import { linkFor } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approvedErasure, DELETE, mail } from './case.ts';
import { casework } from './casework.ts';

let the: Scene;
let kept: Kept;
let isDown = false;
let served: Served;
const { somebody, has, receiptOf } = casework(() => the);
const finish = async (): Promise<void> => {
  await kept.requests.advance();
  await kept.outbox.deliver();
};

beforeAll(async () => {
  const app = express()
    .use((_req, res, next) => (isDown ? void res.status(503).end() : next()))
    .use('/kept', serveData(crm, { key: KEY }));
  served = await serve(app);
  const { url } = served;
  const policy = withCollections(CONTACTS);
  // #region sources
  const sources = { crm: httpData({ url: `${url}/kept`, key: KEY, waitMs: 1 }) };
  // #endregion sources
  the = await scene({ policy, sources });
  kept = the.kept;
});
beforeEach(() => {
  isDown = false;
  contacts.clear();
});
afterAll(async () => {
  await the.close();
  await served.close();
});

const inCrm = (person: string): void => {
  for (const id of ['c1', 'c2']) contactOf(person, `${id}-${person}`);
  contactOf('somebody else', 'other');
};

describe('what lies in another system', () => {
  test('is in the plan, goes with the rest, and stands in the receipt; nobody else loses anything', async () => {
    const who = await somebody();
    inCrm(who.key);
    const id = await approvedErasure(the, kept, who.address);
    await finish();

    expect(await again(kept, id)).toMatchObject({ status: 'fulfilled' });
    expect([...contacts.keys()]).toEqual(['other']);
    expect(await has('generations', who)).toBe(0);
    const receipt = await receiptOf(id);
    expect(receipt.lines).toContainEqual(expect.objectContaining({ collection: 'contacts', found: 2, done: 2 }));
  });

  test('while it is down no plan is made, nothing is called complete, staff are told; then it goes on by itself', async () => {
    const who = await somebody();
    inCrm(who.key);
    isDown = true;
    await mail(kept, who.address, DELETE);
    await finish();
    const { _id } = await kept.requests.confirm(linkFor(the, who.address));
    await finish();

    expect(await again(kept, _id)).toMatchObject({ status: 'verified' });
    expect((await kept.findings.open()).filter(({ place }) => place === _id)).toHaveLength(1);

    isDown = false;
    await finish();
    expect(await again(kept, _id)).toMatchObject({ status: 'previewed' });
  });

  test('if it goes down in the middle of an erasure, that one is not over before it was there again', async () => {
    const who = await somebody();
    inCrm(who.key);
    const id = await approvedErasure(the, kept, who.address);
    isDown = true;
    await finish();
    expect((await again(kept, id)).status).not.toMatch(/fulfilled/);

    isDown = false;
    the.clock.forward({ hours: 1 });
    await finish();
    expect(await again(kept, id)).toMatchObject({ status: 'fulfilled' });
    expect([...contacts.keys()]).toEqual(['other']);
  });
});

describe('Kept does not start', () => {
  test('without a source that the inventory names', async () => {
    await expect(the.restart({ sources: {} })).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
  });

  test('with one that lacks what a rule asks of it: a source without endDue is not swept', async () => {
    const governed = CONTACTS.replace('subject:', 'anchors: { logged: at }\n    subject:');
    const swept = withCollections(governed.replace('phone: account.contact', 'at: log.api'));
    await expect(the.restart({ policy: swept, sources: { crm } })).rejects.toMatchObject({
      code: 'SOURCE_INVALID',
      remedy: expect.stringContaining('endDue'),
    });
  });

  test('with people in another source, or a path from one source into another', () => {
    const mistakes = (text: string): string => JSON.stringify(editedPack({ inventory: [['collections:\n', text]] }));
    const itself = CONTACTS.replace('ref: person', 'key: person, addresses: [phone]');
    expect(mistakes(itself)).toContain('lies in another source than they are looked for in');
    const through = CONTACTS.replace('ref: person', 'through: { apiKeys: keyId }');
    expect(mistakes(through)).toContain('which lies in another source');
  });
});
