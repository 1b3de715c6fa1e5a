import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErasureReceipt, Kept } from '@kept/core';
import { receiptFaults } from '../../packages/core/src/kernel/evidence/receipt.ts';
import { aPerson, aVideo, linkFor, type Person, rawMail } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approved, approvedErasure, confirmed, DELETE, MAILBOX, mail } from './case.ts';

let the: Scene;
let kept: Kept;
let people = 0;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
});
afterAll(() => the.close());

async function somebody(more: Parameters<typeof aPerson>[2] = {}): Promise<Person> {
  people += 1;
  return aPerson(the, `p${people}@example.org`, more);
}
const has = (name: string, person: Person): Promise<number> =>
  the.db.collection(name).countDocuments({ userId: person.id });
const lettersTo = (address: string): string[] =>
  the.mailer.sent.filter((letter) => letter.to === address).map((letter) => letter.subjectLine.replace(/ \(K-.*/, ''));
const lastTo = (address: string): string => the.mailer.sent.findLast((letter) => letter.to === address)?.text ?? '';
const receiptOf = async (id: string): Promise<ErasureReceipt> => {
  const receipt = await kept.requests.receipt(id);
  if (!receipt) throw new Error(`No receipt for ${id}`);
  return receipt.document.document;
};
const finish = async (): Promise<void> => {
  await kept.requests.advance();
  await kept.outbox.deliver();
};
const CLAIM = { kind: 'legal', ground: 'claim 4711', by: 'lin' } as const;

describe('the extension', () => {
  test('is told to the person with its reason, and moves the statutory date, not the promise', async () => {
    const ann = await somebody();
    await mail(kept, ann.address, DELETE);
    const { _id, dueOn } = await confirmed(the, kept, ann.address);
    const extended = await kept.requests.extend(_id, 'ada', 'Very many videos.');
    await kept.outbox.deliver();
    expect(extended.dueOn).toBe(dueOn);
    expect(kept.requests.clock(extended)).toMatchObject({ promiseDue: dueOn, extendedDue: '2026-06-03' });
    expect(lettersTo(ann.address)).toContain('Your request needs more time');
    expect(lastTo(ann.address)).toContain('Very many videos.');
  });

  test('is granted once', async () => {
    const ann = await somebody();
    await mail(kept, ann.address, DELETE);
    const { _id } = await confirmed(the, kept, ann.address);
    await kept.requests.extend(_id, 'ada', 'Very many videos.');
    await expect(kept.requests.extend(_id, 'ada', 'Still more.')).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
    await finish();
    expect(lettersTo(ann.address).filter((line) => line.includes('needs more time'))).toHaveLength(1);
  });

  test('is refused once the first window is over, before anything is written or sent', async () => {
    const ann = await somebody();
    await mail(kept, ann.address, DELETE);
    const { _id } = await confirmed(the, kept, ann.address);
    const later = await the.restart({ clock: { now: () => new Date('2026-04-10T08:00:00Z') } });
    await expect(later.requests.extend(_id, 'ada', 'Too late.')).rejects.toMatchObject({ code: 'EXTENSION_TOO_LATE' });
    expect(await again(kept, _id)).not.toHaveProperty('extension');
    expect(lettersTo(ann.address)).not.toContain('Your request needs more time');
  });

  test('is told by the next worker, where the first one died between deciding and telling', async () => {
    const ann = await somebody();
    await mail(kept, ann.address, DELETE);
    const { _id } = await confirmed(the, kept, ann.address);
    const extension = { on: '2026-03-03', by: 'ada', reason: 'Very many videos.' };
    await the.db.collection<{ _id: string }>('kept_requests').updateOne({ _id }, { $set: { extension } });
    await finish();
    expect(lettersTo(ann.address)).toContain('Your request needs more time');
  });
});

describe('a refusal', () => {
  test('names its article and its reason, to the person who asked', async () => {
    const bo = await somebody();
    await mail(kept, bo.address, DELETE);
    const { _id } = await confirmed(the, kept, bo.address);
    await expect(kept.requests.refuse(_id, 'lin', { article: ' ', reason: 'x' })).rejects.toMatchObject({
      code: 'REFUSAL_INVALID',
    });
    await kept.requests.refuse(_id, 'lin', { article: 'Article 12(5) GDPR', reason: 'It is the tenth this week.' });
    await finish();
    expect(lastTo(bo.address)).toContain('Article 12(5) GDPR');
    expect(lastTo(bo.address)).toContain('It is the tenth this week.');
    expect(await again(kept, _id)).toMatchObject({ status: 'refused', answerSentAt: expect.any(Date) });
    expect(await has('generations', bo)).toBe(3);
  });

  test('of what nobody confirmed goes to the one who wrote, and the person it was about hears nothing of it', async () => {
    const cy = await somebody();
    const text = `Please delete all the personal data of ${cy.address}, I am her boyfriend.`;
    await mail(kept, 'eve@example.net', text);
    await finish();
    const open = (await kept.requests.list({ status: 'open', limit: 500 })).items;
    const id = open.find((each) => each.requester.address === 'eve@example.net')?._id ?? '';
    const before = lettersTo(cy.address).length;
    await kept.requests.refuse(id, 'lin', {
      article: 'Article 12(6) GDPR',
      reason: 'We could not confirm who you are.',
    });
    await finish();
    expect(lastTo('eve@example.net')).toContain('Article 12(6) GDPR');
    expect(lettersTo(cy.address)).toHaveLength(before);
  });
});

describe('"send me everything, then delete it"', () => {
  test('access comes first; the erasure waits for it, and then erases all', async () => {
    const di = await somebody();
    await mail(
      kept,
      di.address,
      'Please send me a copy of all my personal data, and then delete everything you have about me.',
    );
    await kept.requests.advance();
    await kept.outbox.deliver();
    const requests = (await kept.requests.list({ limit: 500 })).items.filter(
      (each) => each.requester.address === di.address,
    );
    expect(requests.map((each) => each.right).sort()).toEqual(['access', 'erasure']);
    const links = the.mailer.sent
      .filter((letter) => letter.to === di.address)
      .flatMap((letter) => letter.text.match(/\/privacy\/confirm\/(\S+)/)?.[1] ?? []);
    for (const link of links) await kept.requests.confirm(link);
    await kept.requests.advance();
    const [access, erasure] = ['access', 'erasure'].map(
      (right) => requests.find((each) => each.right === right)?._id ?? '',
    );
    await approved(kept, erasure ?? '');
    await finish();
    expect([(await again(kept, erasure ?? '')).status, await has('generations', di)]).toEqual(['approved', 3]);

    await kept.requests.answer(access ?? '', 'ada', 'Here is your copy.');
    await finish();
    expect([(await again(kept, erasure ?? '')).status, await has('generations', di)]).toEqual(['fulfilled', 0]);
    expect((await kept.tickets.get(requests[0]?.ticket ?? ''))?.status).toBe('closed');
  });
});

describe('who is asked', () => {
  test('two accounts at one address are two requests, each with a link of its own, and never merged', async () => {
    const [one, two] = [await aPerson(the, 'twin@example.org'), await aPerson(the, 'Twin@Example.org', { videos: 2 })];
    await mail(kept, 'twin@example.org', DELETE);
    await kept.requests.advance();
    const open = (await kept.requests.list({ limit: 500 })).items.filter(
      (each) => each.requester.address === 'twin@example.org',
    );
    expect(open.map((each) => each.about?.subject).sort()).toEqual([one.key, two.key].sort());
    const { _id } = await confirmed(the, kept, 'twin@example.org');
    await approved(kept, _id);
    await finish();
    expect([await has('generations', one), await has('generations', two)].sort()).toContain(0);
    expect((await has('generations', one)) + (await has('generations', two))).toBeGreaterThan(0);
  });

  test('a mail from an address without an account opens a case, gets an acknowledgement, and no link goes anywhere', async () => {
    await mail(kept, 'nobody@example.net', DELETE);
    await finish();
    expect(lettersTo('nobody@example.net')).toEqual(['We have your request']);
    const [request] = (await kept.requests.list({ limit: 500 })).items.filter(
      (each) => each.requester.address === 'nobody@example.net',
    );
    expect(request).toMatchObject({ status: 'received' });
    expect(request).not.toHaveProperty('about');
  });

  test('the link goes to the address that is registered now, not to one that was given up since', async () => {
    const ed = await somebody();
    await mail(kept, ed.address, DELETE);
    await the.db.collection('users').updateOne({ _id: ed.id }, { $set: { email: 'ed-new@example.org' } });
    await finish();
    expect(lettersTo('ed-new@example.org')).toEqual(['Please confirm your request']);
    expect(lettersTo(ed.address)).toEqual(['We have your request']);
  });

  test('no more than five links and five acknowledgements a day go to one address, and every case stays', async () => {
    const flo = await somebody();
    for (let n = 0; n < 8; n += 1) {
      the.clock.forward({ seconds: 1 });
      await mail(kept, flo.address, `${DELETE} ${n}`);
      await finish();
    }
    const count = (line: string): number => lettersTo(flo.address).filter((each) => each === line).length;
    expect([count('Please confirm your request'), count('We have your request')]).toEqual([5, 5]);
    const cases = async (): Promise<number> =>
      (await kept.requests.list({ limit: 500 })).items.filter((each) => each.requester.address === flo.address).length;
    expect(await cases()).toBe(8);
    the.clock.forward({ days: 1 });
    await finish();
    expect([count('Please confirm your request'), count('We have your request'), await cases()]).toEqual([8, 8, 8]);
  });

  test('once the person has confirmed, the ticket knows whose it is and the address is kept as verified', async () => {
    const gus = await somebody();
    await mail(kept, gus.address, 'Please send me a copy of all my personal data.');
    const request = await confirmed(the, kept, gus.address);
    expect(await kept.tickets.get(request.ticket)).toMatchObject({ subject: gus.key });
    expect(await the.db.collection('kept_identifiers').find({ subject: gus.key }).toArray()).toEqual([
      expect.objectContaining({ kind: 'email', value: gus.address, verifiedAt: expect.any(Date) }),
    ]);
  });
});

describe('the ledger', () => {
  test('names an erasure once it has begun, by keyed hashes, and not one that was taken back at the last moment', async () => {
    const zed = await somebody({ videos: 1 });
    const id = await approvedErasure(the, kept, zed.address);
    const meddled = await the.restart({
      data: {
        db: withAfterthought(the.db, 'kept_requests', 'findOneAndUpdate', () => kept.requests.preview(id, 'ada')),
      },
    });
    await meddled.requests.advance();
    const mine = async (): Promise<number> =>
      (await the.ledger.entries()).filter((entry) => entry.id === `erasure:${id}`).length;
    expect([(await again(kept, id)).status, await mine(), await has('generations', zed)]).toEqual(['previewed', 0, 1]);

    await approved(kept, id);
    the.clock.forward({ minutes: 1 });
    await finish();
    expect([(await again(kept, id)).status, await mine(), await has('generations', zed)]).toEqual(['fulfilled', 1, 0]);
    expect(JSON.stringify(await the.ledger.entries())).not.toMatch(new RegExp(`${zed.key}|${zed.address}`));
  });
});

describe('runners', () => {
  test('a second runner cannot run the same request, until the lease of the first is over', async () => {
    const hal = await somebody();
    const id = await approvedErasure(the, kept, hal.address);
    const until = new Date(the.clock.now().getTime() + 60_000);
    await the.db
      .collection<{ _id: string }>('kept_requests')
      .updateOne({ _id: id }, { $set: { lease: { holder: 'another', until } } });
    await expect(kept.requests.run(id)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
    await kept.requests.advance();
    expect(await has('generations', hal)).toBe(3);
    the.clock.forward({ minutes: 1 });
    await kept.requests.advance();
    expect((await again(kept, id)).status).toBe('fulfilled');
  });

  test('of several that run it at once one does, and there is one receipt and one letter', async () => {
    const ivy = await somebody();
    const id = await approvedErasure(the, kept, ivy.address);
    const other = await the.restart();
    await Promise.all([kept.requests.advance(), other.requests.advance(), kept.requests.advance()]);
    await finish();
    expect((await again(kept, id)).status).toBe('fulfilled');
    expect(lettersTo(ivy.address).filter((line) => line === 'Your data has been erased')).toHaveLength(1);
    expect(await the.db.collection('kept_receipts').countDocuments({ request: id })).toBe(1);
    expect(receiptFaults(await receiptOf(id))).toEqual([]);
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });
  });
});

describe('holds', () => {
  test('a hold on one collection: the rest goes, the request is met in part, and letter and receipt say what stays', async () => {
    const jo = await somebody();
    await kept.holds.place({ ...CLAIM, subject: jo.key, collection: 'generations' });
    const id = await approvedErasure(the, kept, jo.address);
    await finish();
    expect([await has('generations', jo), await has('sessions', jo)]).toEqual([3, 0]);
    const done = await again(kept, id);
    expect(done).toMatchObject({ status: 'partly-fulfilled', missing: ['held: claim 4711'] });
    const receipt = await receiptOf(id);
    expect(receiptFaults(receipt)).toEqual([]);
    expect(receipt.lines.find((line) => line.collection === 'generations')).toMatchObject({
      action: 'keep',
      found: 3,
      left: 3,
      ground: { article: 'Art 17(3)(e) GDPR', text: 'claim 4711' },
    });
    expect(lastTo(jo.address)).toContain('claim 4711');
    const finding = (await kept.findings.open()).find((each) => each.place === id);
    expect(finding).toMatchObject({ code: 'ERASURE_INCOMPLETE' });
    expect(JSON.stringify(finding)).not.toContain('4711');
  });

  test('a hold placed after the approval voids it: staff see the new plan before anything goes', async () => {
    const kim = await somebody();
    const id = await approvedErasure(the, kept, kim.address);
    const hold = await kept.holds.place({ ...CLAIM, subject: kim.key });
    await kept.requests.advance();
    expect(await again(kept, id)).toMatchObject({ status: 'previewed' });
    expect(await has('generations', kim)).toBe(3);
    await kept.holds.lift(hold, 'lin');
    await kept.requests.preview(id, 'ada');
    await approved(kept, id);
    await finish();
    expect([(await again(kept, id)).status, await has('generations', kim)]).toEqual(['fulfilled', 0]);
  });

  test("a hold on all that is a person's keeps her conversations with support too", async () => {
    const vic = await somebody({ videos: 1 });
    const asked = await mail(kept, vic.address, 'How do I pay?');
    await kept.holds.place({ ...CLAIM, subject: vic.key });
    const id = await approvedErasure(the, kept, vic.address);
    await finish();
    expect((await again(kept, id)).status).toBe('partly-fulfilled');
    expect([await has('generations', vic), await has('sessions', vic)]).toEqual([1, 1]);
    expect(Buffer.from(await kept.mail.raw(asked, 'ada', 'The claim')).toString()).toContain('How do I pay?');
    const receipt = await receiptOf(id);
    expect(receiptFaults(receipt)).toEqual([]);
    expect(receipt.lines.every((line) => line.done === 0)).toBe(true);
  });

  test("somebody else's hold stops nothing", async () => {
    const [lu, may] = [await somebody(), await somebody()];
    await kept.holds.place({ ...CLAIM, subject: may.key });
    const id = await approvedErasure(the, kept, lu.address);
    await finish();
    expect((await again(kept, id)).status).toBe('fulfilled');
  });
});

/** The database, with something that happens right after each call of this method on this collection, as if by another process. */
function withAfterthought(
  db: Scene['db'],
  collection: string,
  method: string,
  happens: () => Promise<unknown>,
): object {
  const bound = (target: object, property: PropertyKey): unknown => {
    const value = Reflect.get(target, property) as unknown;
    return typeof value === 'function' ? value.bind(target) : value;
  };
  const watched = (target: object): object =>
    new Proxy(target, {
      get(_, property) {
        const call = bound(target, property);
        if (property !== method) return call;
        return async (...args: unknown[]) => {
          const result = await (call as (...all: unknown[]) => Promise<unknown>)(...args);
          await happens();
          return result;
        };
      },
    });
  return new Proxy(db, {
    get(_, property) {
      if (property !== 'collection') return bound(db, property);
      return (name: string, options?: object) => {
        const opened = db.collection(name, options);
        return name === collection ? watched(opened) : opened;
      };
    },
  });
}

describe('what the receipt counts', () => {
  test('records written between approval and run go too and are counted; those that went before are not', async () => {
    const ned = await somebody({ videos: 3, payments: 2 });
    const id = await approvedErasure(the, kept, ned.address);
    await aVideo(the, ned.id, { createdAt: the.clock.now() });
    await the.db.collection('sessions').deleteMany({ userId: ned.id });
    await finish();
    const receipt = await receiptOf(id);
    expect(receiptFaults(receipt)).toEqual([]);
    const line = (name: string): object | undefined => receipt.lines.find((each) => each.collection === name);
    expect(line('generations')).toMatchObject({ found: 4, done: 4, left: 0, files: { found: 8, done: 8 } });
    expect(line('sessions')).toMatchObject({ found: 0, done: 0, left: 0 });
    expect(line('payments')).toMatchObject({ action: 'detach', found: 2, done: 2, left: 0, until: '2035-01-01' });
    expect(line('kept.requests')).toMatchObject({ action: 'keep', until: '2030-01-01' });
    expect(receipt.residue).toMatchObject({ found: 0 });
  });

  test('sdance-ai.right.deletion: an earlier conversation goes too, its raw mail unreadable, and the case itself stays and is named', async () => {
    const oli = await somebody();
    const { id: asked } = await kept.mail.receive({ mailbox: MAILBOX, raw: rawMail(oli.address, 'How do I pay?') });
    await kept.mail.work();
    const copy = await the.db.collection<{ _id: string; keyId: string }>('kept_mails').findOne({ _id: asked });
    const id = await approvedErasure(the, kept, oli.address);
    await finish();
    expect(await the.keys.get(copy?.keyId ?? '')).toBeUndefined();
    await expect(kept.mail.raw(asked, 'ada', 'to look')).rejects.toMatchObject({ code: 'MAIL_NOT_FOUND' });
    const receipt = await receiptOf(id);
    expect(receipt.lines.find((line) => line.collection === 'kept.tickets')).toMatchObject({
      found: 1,
      done: 1,
      left: 0,
    });
    expect(lastTo(oli.address)).toContain('Article 5(2) GDPR'.replace('Article', 'Art'));
    expect((await kept.tickets.get((await again(kept, id)).ticket))?.status).toBe('closed');
  });

  test('sdance-ai.security.at-rest: a copy of a raw mail cannot be read once its key is destroyed', async () => {
    const pia = await somebody();
    const { id } = await kept.mail.receive({
      mailbox: MAILBOX,
      raw: rawMail(pia.address, 'Where is my invoice, please?'),
    });
    const copy = await the.db
      .collection<{ _id: string; keyId: string; sealed: Buffer }>('kept_mails')
      .findOne({ _id: id });
    expect(Buffer.from(copy?.sealed ?? '').toString('latin1')).not.toContain('invoice');
    await the.keys.destroy(copy?.keyId ?? '');
    await expect(kept.mail.raw(id, 'ada', 'to look')).rejects.toMatchObject({ code: 'MAIL_CLOSED' });
  });

  test('logs that arrive for an erased API key during the run are found by the second look and go', async () => {
    const quin = await somebody();
    const id = await approvedErasure(the, kept, quin.address);
    const key = await the.db.collection('apiKeys').findOne({ userId: quin.id });
    const late = (): Promise<unknown> =>
      the.db.collection('apiLogs').insertOne({ keyId: key?._id, at: the.clock.now(), path: '/late' });
    const busy = await the.restart({ data: { db: withAfterthought(the.db, 'users', 'deleteMany', late) } });
    await busy.requests.advance();
    expect((await again(kept, id)).residue).toMatchObject({ found: 0, rounds: 2 });
    const left = await the.db.collection('apiLogs').countDocuments({ keyId: key?._id });
    const done = await again(kept, id);
    expect({ left, status: done.status }).toEqual({ left: 0, status: 'fulfilled' });
  });
});

describe('staff', () => {
  test('an identical reply to a new message goes out; a double click does not', async () => {
    await mail(kept, 'ray@example.org', 'How do I download a video?');
    const found = await kept.tickets.queue({ search: 'ray@example.org' });
    const id = found.items[0]?._id ?? '';
    await kept.tickets.reply(id, 'ada', 'Press the button.');
    await kept.tickets.reply(id, 'ada', 'Press the button.');
    await kept.outbox.deliver();
    expect(lettersTo('ray@example.org').filter((line) => line.startsWith('Re:'))).toHaveLength(1);
    the.clock.forward({ days: 1 });
    await kept.tickets.reply(id, 'ada', 'Press the button.');
    await kept.outbox.deliver();
    expect(lettersTo('ray@example.org').filter((line) => line.startsWith('Re:'))).toHaveLength(2);
  });

  test('a ticket with an open request cannot be closed', async () => {
    const sam = await somebody();
    await mail(kept, sam.address, DELETE);
    const { ticket } = await confirmed(the, kept, sam.address);
    await expect(kept.tickets.close(ticket, 'ada')).rejects.toMatchObject({ code: 'TICKET_CONFLICT' });
  });

  test('an answer by hand goes to the address that was confirmed, whoever wrote', async () => {
    const tea = await somebody();
    await mail(kept, 'ted@example.net', `Please send me a copy of all the personal data of ${tea.address}.`);
    await kept.requests.advance();
    await kept.outbox.deliver();
    const { _id } = await kept.requests.confirm(linkFor(the, tea.address));
    await kept.requests.answer(_id, 'ada', 'Here is the copy.');
    await finish();
    expect(lastTo(tea.address)).toContain('Here is the copy.');
    expect(lastTo('ted@example.net')).not.toContain('Here is the copy.');
  });

  test('every act of staff on a case is in its evidence, with who and when', async () => {
    const una = await somebody({ videos: 1 });
    const id = await approvedErasure(the, kept, una.address);
    await finish();
    await kept.evidence.sequence();
    expect((await kept.evidence.entries({ kind: 'requests', id })).map((entry) => entry.type)).toEqual([
      'RightsRequestReceived',
      'RightsRequestAcknowledged',
      'IdentityChallenged',
      'IdentityConfirmed',
      'ErasurePreviewed',
      'ErasureProposed',
      'ErasureApproved',
      'ErasureStarted',
      'RightsRequestFulfilled',
      'AnswerSent',
    ]);
  });
});
