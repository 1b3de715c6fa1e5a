import { afterAll, describe, expect, test } from '@jest/globals';
import type { StoredRequest } from '@kept/core';
import { scene } from '../support/scene.ts';
import { again, anotherLead, confirmed, DELETE, leadOf, mail, ticketOfMail, twoStaff } from './case.ts';
import { casework } from './casework.ts';

const NO = { article: 'Article 12(5) GDPR', reason: 'You asked for the same thing three times this week.' };
const APPEAL = 'I appeal your decision to refuse my deletion request. Nobody else uses this account.';
const COMPLAINT = 'I want to make a complaint about how you handled my personal data.';

const the = await scene();
const { kept } = the;
const { somebody, lettersTo, lastTo, finish } = casework(() => the);
afterAll(() => the.close());

/** A request for erasure by mail that a colleague refused, with the Message-ID of the refusal. */
async function refused(more: Parameters<typeof somebody>[0] & { country?: string } = {}): Promise<{
  person: Awaited<ReturnType<typeof somebody>>;
  request: StoredRequest;
  answers: string;
}> {
  const person = await somebody(more);
  if (more.country) await the.db.collection('users').updateOne({ _id: person.id }, { $set: { country: more.country } });
  await mail(kept, person.address, DELETE);
  const request = await confirmed(the, kept, person.address);
  await kept.requests.refuse(request._id, await anotherLead(kept), NO);
  await finish();
  const answers = the.mailer.sent.findLast((letter) => letter.to === person.address)?.messageId ?? '';
  return { person, request: await again(kept, request._id), answers };
}

/** The request for this right that a mail led to. */
async function ledTo(mailId: string, right: string): Promise<StoredRequest> {
  await finish();
  const { requests } = await ticketOfMail(the, mailId);
  const all = await Promise.all(requests.map((id) => again(kept, id)));
  const found = all.find((each) => each.right === right);
  if (!found) throw new Error(`The mail led to no ${right}`);
  return found;
}

describe('an appeal', () => {
  test('is decided by somebody who did not decide before; upheld, the request is taken up anew and goes first', async () => {
    const { agent, lead } = await twoStaff(kept);
    const { person, request, answers } = await refused();
    const appeal = await ledTo(await mail(kept, person.address, APPEAL, { 'In-Reply-To': answers }), 'appeal');
    expect(appeal).toMatchObject({ status: 'verified', contests: request._id, subject: person.key });
    expect(appeal.ticket).toBe(request.ticket);

    const decision = { right: 'appeal', outcome: 'upheld', reason: 'The three requests were one.' } as const;
    for (const nobody of [await anotherLead(kept), agent, 'a stranger'])
      await expect(kept.requests.decide(appeal._id, nobody, decision)).rejects.toMatchObject({
        code: 'APPROVAL_REFUSED',
      });
    await kept.requests.decide(appeal._id, lead, decision);
    await finish();
    // What is opened anew goes on in the next round.
    await finish();

    expect(await again(kept, appeal._id)).toMatchObject({ status: 'fulfilled' });
    const anew = await again(kept, `${appeal._id}-anew`);
    expect(anew).toMatchObject({ right: 'erasure', status: 'previewed', reopens: request._id, subject: person.key });
    expect((await kept.tickets.queue()).items[0]).toMatchObject({ _id: request.ticket, priority: 'upheld' });
    expect(lettersTo(person.address).slice(-1)).toEqual(['Your appeal is decided']);
    expect(lastTo(person.address)).toContain('We take that up again now');
    expect(lastTo(person.address)).toContain('The three requests were one.');
  });

  test('that is rejected names the attorney general to somebody in Virginia, within sixty days, with the reason in writing', async () => {
    const { lead } = await twoStaff(kept);
    const { person, answers } = await refused({ country: 'US-VA' });
    const appeal = await ledTo(await mail(kept, person.address, APPEAL, { 'In-Reply-To': answers }), 'appeal');
    expect(appeal.regime).toBe('us-va');
    expect((await kept.requests.clock(appeal)).rules[0]).toContain('us-va.appeal');

    await kept.requests.decide(appeal._id, lead, { right: 'appeal', outcome: 'rejected', reason: 'It stands.' });
    await finish();
    expect(lastTo(person.address)).toContain('You may write to the attorney general of the state where you live.');
    expect(lastTo(person.address)).toContain('It stands.');
    expect(await again(kept, `${appeal._id}-anew`).catch(() => undefined)).toBeUndefined();
  });

  test('over another mail is about the newest refusal of whoever writes, and never about the case of somebody else', async () => {
    const [mine, other] = [await refused(), await refused()];
    const { number } = (await kept.tickets.get(other.request.ticket)) ?? { number: '' };
    const appeal = await ledTo(await mail(kept, mine.person.address, `${APPEAL} See ${number}.`), 'appeal');
    expect(appeal.contests).toBe(mine.request._id);

    const nobody = await ledTo(await mail(kept, 'nobody@example.net', `${APPEAL} See ${number}.`), 'appeal');
    expect(nobody.contests).toBeUndefined();
    expect(nobody).toMatchObject({ status: 'verified', subject: 'kept:address:nobody@example.net' });
  });

  test('is about the request whose number it names', async () => {
    const first = await refused();
    await mail(kept, first.person.address, 'Please stop using my videos to train your models.');
    const { number } = (await kept.tickets.get(first.request.ticket)) ?? { number: '' };
    const appeal = await ledTo(await mail(kept, first.person.address, `${APPEAL} It was ${number}.`), 'appeal');
    expect(appeal.contests).toBe(first.request._id);
  });
});

describe('a complaint', () => {
  test('of somebody in the United Kingdom has thirty days, is acknowledged, and names the commissioner where it is rejected', async () => {
    const { person } = await refused({ country: 'GB' });
    const complaint = await ledTo(await mail(kept, person.address, COMPLAINT), 'complaint');
    expect(complaint).toMatchObject({ regime: 'uk-gdpr', status: 'verified' });
    expect(complaint.acknowledgedAt).toEqual(the.clock.now());
    expect((await kept.requests.clock(complaint)).rules[0]).toContain('uk-gdpr.complaint');

    await kept.requests.decide(complaint._id, await leadOf(kept), {
      right: 'complaint',
      outcome: 'rejected',
      reason: 'Your data were used as our notice says.',
    });
    await finish();
    expect(lettersTo(person.address).slice(-1)).toEqual(['Your complaint is decided']);
    expect(lastTo(person.address)).toContain("the Information Commissioner's Office");
  });

  test('about anything else, by somebody whom nobody knows, is decided and answered all the same', async () => {
    const complaint = await ledTo(await mail(kept, 'passer-by@example.net', COMPLAINT), 'complaint');
    expect(complaint.contests).toBeUndefined();
    await kept.requests.decide(complaint._id, await leadOf(kept), {
      right: 'complaint',
      outcome: 'upheld',
      reason: 'We mend it.',
    });
    await finish();
    expect(lastTo('passer-by@example.net')).toContain('We mend it.');
    expect(lastTo('passer-by@example.net')).not.toContain('You had asked us');
    expect(await the.db.collection('kept_identifiers').countDocuments({ value: 'passer-by@example.net' })).toBe(0);
  });

  test('is not decided without a reason, by halves, or as something else', async () => {
    const complaint = await ledTo(await mail(kept, 'third@example.net', COMPLAINT), 'complaint');
    const lead = await leadOf(kept);
    const decide = (decision: object): Promise<StoredRequest> =>
      kept.requests.decide(complaint._id, lead, decision as never);
    const right = 'complaint';
    for (const wrong of [
      { right, outcome: 'upheld', reason: '' },
      { right, outcome: 'upheld', reason: { $ne: '' } },
      { right, outcome: 'upheld', reason: 'x'.repeat(4001) },
      { right, outcome: 'half', reason: 'x' },
      { right: 'appeal', outcome: 'upheld', reason: 'x' },
    ])
      await expect(decide(wrong)).rejects.toMatchObject({ code: expect.stringMatching(/INVALID|CONFLICT/) });
    expect((await again(kept, complaint._id)).status).toBe('verified');
  });
});
