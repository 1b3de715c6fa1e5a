import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { httpData, type Kept, type OtherSource, type Policy, serveData } from '@kept/core';
import express from 'express';
import { editedPack } from '../kernel/policy/editedPack.ts';
import { linkFor } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approvedErasure, DELETE, mail } from './case.ts';
import { casework } from './casework.ts';

const KEY = 'a key of thirty-two characters, at the least';
const CONTACTS = `collections:
  contacts:
    source: crm
    subject: { ref: person }
    fields: { phone: account.contact }
`;

interface Contact {
  readonly id: string;
  readonly person: string;
  readonly phone: string;
}

// What stands in a region here is printed in docs/guides/data-elsewhere.md.

const contacts = new Map<string, Contact>();
const of = (subject: string): Contact[] => [...contacts.values()].filter(({ person }) => person === subject);
/** A CRM that somebody else wrote: it can do what every source must, and nothing else. */
// #region crm
const crm: OtherSource = {
  kind: 'crm',
  survey: async (subject) => [{ collection: 'contacts', count: of(subject).length, files: 0 }],
  recordsOf: async (subject, _collection, limit) =>
    of(subject)
      .slice(0, limit)
      .map(({ id }) => ({ id, files: [] })),
  factsOf: async (_collection, ids) =>
    ids.filter((id) => contacts.has(String(id))).map((id) => ({ id, files: [], anchors: {}, predicates: {} })),
  exportOf: async (subject) => ({ records: of(subject).map(({ id, phone }) => ({ id, fields: { phone } })) }),
  async remove(_collection, ids) {
    for (const id of ids) contacts.delete(String(id));
    return ids.length;
  },
  identify: async (subject) => ({ subject, addresses: [], keys: {} }),
  residue: async ({ subject }) => ({
    found:
      of(subject).length > 0
        ? [{ collection: 'contacts', path: 'person', count: of(subject).length, named: true, leads: true }]
        : [],
    looked: ['contacts'],
    notLooked: [],
  }),
  ownValues: async () => [],
};
// #endregion crm

let the: Scene;
let kept: Kept;
let isDown = false;
let close: () => Promise<unknown>;
const { somebody, has, receiptOf } = casework(() => the);
const finish = async (): Promise<void> => {
  await kept.requests.advance();
  await kept.outbox.deliver();
};

beforeAll(async () => {
  const app = express()
    .use((_req, res, next) => (isDown ? void res.status(503).end() : next()))
    .use('/kept', serveData(crm, { key: KEY }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = async () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  const policy = withContacts(CONTACTS);
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
  await close();
});

function withContacts(text: string): Policy {
  const compiled = editedPack({ inventory: [['collections:\n', text]] });
  if ('policy' in compiled) return compiled.policy;
  throw new Error(JSON.stringify(compiled));
}

const inCrm = (person: string): void => {
  for (const id of ['c1', 'c2'])
    contacts.set(`${id}-${person}`, { id: `${id}-${person}`, person, phone: '+49 30 1234' });
  contacts.set('other', { id: 'other', person: 'somebody else', phone: '+49 30 4321' });
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
    const swept = withContacts(governed.replace('phone: account.contact', 'at: log.api'));
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
