import { afterAll, describe, expect, test } from '@jest/globals';
import { byStaff } from '../support/byStaff.ts';
import { linkFor } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { again, approved, approvedErasure, confirmed, DELETE, leadOf, mail } from './case.ts';
import { casework } from './casework.ts';

const the = await scene({ policy: await byStaff('access') });
const { kept } = the;
const { somebody, has, lettersTo, lastTo, finish } = casework(() => the);
afterAll(() => the.close());

describe('the extension', () => {
  test('is told to the person with its reason, and moves the statutory date, not the promise', async () => {
    const ann = await somebody();
    await mail(kept, ann.address, DELETE);
    const { _id, dueOn } = await confirmed(the, kept, ann.address);
    const extended = await kept.requests.extend(_id, await leadOf(kept), 'Very many videos.');
    await kept.outbox.deliver();
    expect(extended.dueOn).toBe(dueOn);
    expect(await kept.requests.clock(extended)).toMatchObject({ promiseDue: dueOn, extendedDue: '2026-06-03' });
    expect(lettersTo(ann.address)).toContain('Your request needs more time');
    expect(lastTo(ann.address)).toContain('Very many videos.');
  });

  test('is granted once', async () => {
    const ann = await somebody();
    await mail(kept, ann.address, DELETE);
    const { _id } = await confirmed(the, kept, ann.address);
    await kept.requests.extend(_id, await leadOf(kept), 'Very many videos.');
    await expect(kept.requests.extend(_id, await leadOf(kept), 'Still more.')).rejects.toMatchObject({
      code: 'REQUEST_CONFLICT',
    });
    await finish();
    expect(lettersTo(ann.address).filter((line) => line.includes('needs more time'))).toHaveLength(1);
  });

  test('is refused once the first window is over, before anything is written or sent', async () => {
    const ann = await somebody();
    await mail(kept, ann.address, DELETE);
    const { _id } = await confirmed(the, kept, ann.address);
    const later = await the.restart({ clock: { now: () => new Date('2026-04-10T08:00:00Z') } });
    await expect(later.requests.extend(_id, await leadOf(kept), 'Too late.')).rejects.toMatchObject({
      code: 'EXTENSION_TOO_LATE',
    });
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
    await expect(kept.requests.refuse(_id, await leadOf(kept), { article: ' ', reason: 'x' })).rejects.toMatchObject({
      code: 'REFUSAL_INVALID',
    });
    await kept.requests.refuse(_id, await leadOf(kept), {
      article: 'Article 12(5) GDPR',
      reason: 'It is the tenth this week.',
    });
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
    await kept.requests.refuse(id, await leadOf(kept), {
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
