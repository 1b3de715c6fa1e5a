import { afterAll, describe, expect, test } from '@jest/globals';
import type { StoredRequest } from '@kept/core';
import { linkFor, type Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { again, anotherLead, confirmed, leadOf, mail, twoStaff } from './case.ts';
import { ANNOUNCEMENT, casework, IMPROVEMENT } from './casework.ts';

const the = await scene();
const { kept } = the;
const { somebody, lettersTo, lastTo, told, may, finish } = casework(() => the);
afterAll(() => the.close());

const NO = { article: 'Article 12(5) GDPR', reason: 'You object to the same thing every day.' };

describe('an objection that is not carried out', () => {
  async function objects(text: string): Promise<{ person: Person; id: string }> {
    const person = await somebody();
    await mail(kept, person.address, text);
    const { _id } = await confirmed(the, kept, person.address);
    expect(await may(person, IMPROVEMENT)).toBe('forbidden');
    return { person, id: _id };
  }

  async function goesOnOnlyOnceTold(person: Person): Promise<void> {
    the.clock.forward({ hours: 1 });
    await kept.requests.advance();
    await kept.restrictions.advance();
    expect(await may(person, IMPROVEMENT)).toBe('forbidden');
    await kept.outbox.deliver();
    await kept.restrictions.advance();
    expect(await may(person, IMPROVEMENT)).toBe('permitted');
  }

  test('lets go on what it had stopped where it is refused, and not before the letter that says so was sent', async () => {
    const { person, id } = await objects('I object to you using my data to improve your service.');
    await kept.requests.refuse(id, await leadOf(kept), NO);
    await goesOnOnlyOnceTold(person);
    expect(lastTo(person.address)).toContain('your data was not used for the following');
  });

  test('lets it go on where the person takes it back, and the letter says no more than is so', async () => {
    const { person, id } = await objects('I object to you using my data to improve your service.');
    await kept.requests.withdraw(id, 'the person');
    await goesOnOnlyOnceTold(person);
    expect(lastTo(person.address)).toContain('your data was not used for the following');
    expect(lastTo(person.address)).not.toContain('Nothing was done of it');
  });

  test('leaves what nobody may refuse as it is', async () => {
    const person = await somebody();
    const { _id } = await kept.requests.open({
      ...{
        right: 'objection',
        channel: 'app',
        subject: person.key,
        address: person.address,
        text: 'Neither of these.',
      },
      asks: { purposes: ['improvement', 'communication.announcement'] },
    });
    await finish();
    expect(await may(person, ANNOUNCEMENT)).toBe('forbidden');
    await kept.requests.refuse(_id, await leadOf(kept), NO);
    await goesOnOnlyOnceTold(person);
    expect(await may(person, ANNOUNCEMENT)).toBe('forbidden');
    expect(lastTo(person.address)).toMatch(/we cannot\s+do all of that/);
    expect(lastTo(person.address)).toMatch(/nobody may refuse it; your data is no\s+longer used for/);
  });

  test('is not refused at all where it is to marketing, nor an opt-out of it, nor a withdrawal', async () => {
    const lead = await leadOf(kept);
    for (const right of ['objection', 'optout-marketing', 'withdraw-consent'] as const) {
      const person = await somebody();
      const asked = {
        right,
        channel: 'app',
        subject: person.key,
        address: person.address,
        text: 'No more news.',
      } as const;
      const { _id } = await kept.requests.open({ ...asked, asks: { purposes: ['communication.announcement'] } });
      await expect(kept.requests.refuse(_id, lead, NO)).rejects.toMatchObject({ code: 'REFUSAL_INVALID' });
      await finish();
      expect(await again(kept, _id)).toMatchObject({ status: 'fulfilled' });
      expect(await may(person, ANNOUNCEMENT)).toBe('forbidden');
    }
  });

  test('ends marketing all the same where nobody confirmed it, if the registered address wrote', async () => {
    const [person, other] = [await somebody(), await somebody()];
    const { agent } = await twoStaff(kept);
    const asks = { purposes: [ANNOUNCEMENT.purpose] };
    const heard = { right: 'objection', channel: 'staff', by: agent, text: 'No news.', asks } as const;
    const from = (address: string, { key }: Person) => kept.requests.open({ ...heard, subject: key, address });
    const mine = [await from(person.address, person), await from('eve@example.net', other)];
    expect(mine.map(({ status }) => status)).toEqual(['received', 'received']);
    for (const { _id } of mine) await kept.requests.refuse(_id, await leadOf(kept), NO);
    await finish();
    expect([await may(person, ANNOUNCEMENT), await may(other, ANNOUNCEMENT)]).toEqual(['forbidden', 'permitted']);
    expect(told(person.address)).toContain('nobody may refuse it');
  });

  test('holds up no other where it cannot go on itself', async () => {
    const full = await objects('I object to you using my data to improve your service.');
    const other = await objects('I object to you using my data to improve your service.');
    const records = the.db.collection<{ events: object[] }>('kept_objections');
    const [word] = (await records.findOne({ subject: full.person.key }))?.events ?? [];
    const older = Array.from({ length: 20_000 }, () => ({ ...word, source: 'settings' }));
    await records.updateOne({ subject: full.person.key }, { $push: { events: { $each: older, $position: 0 } } });
    for (const { id } of [full, other]) await kept.requests.refuse(id, await leadOf(kept), NO);
    await goesOnOnlyOnceTold(other.person);
    expect(await may(full.person, IMPROVEMENT)).toBe('forbidden');
    expect(await kept.findings.open()).toContainEqual(
      expect.objectContaining({ code: 'REQUEST_STUCK', place: full.id }),
    );
  });

  test('and that was taken back before its link was sent asks for no confirmation', async () => {
    const person = await somebody();
    await mail(kept, person.address, 'I object to you using my data to improve your service.');
    await kept.requests.advance();
    const { items } = await kept.requests.list({ status: 'open' });
    const open = items.find(({ about }) => about?.subject === person.key);
    await kept.requests.withdraw(open?._id ?? '', 'the person');
    await finish();
    expect(the.mailer.sent.some(({ to, text }) => to === person.address && text.includes('/confirm/'))).toBe(false);
  });

  test('says nothing of uses where none had stopped', async () => {
    const person = await somebody();
    await mail(kept, person.address, 'Please delete my account and all my data.');
    await kept.requests.withdraw((await confirmed(the, kept, person.address))._id, 'the person');
    await finish();
    expect(lastTo(person.address)).toContain('Nothing was done of it');
    expect(lastTo(person.address)).not.toContain('not used for the following');
  });
});

describe('a correction that is not carried out', () => {
  const ADDRESS = { collection: 'users', field: 'email' };

  async function decided(): Promise<{ person: Person; id: string; value: string; token: string }> {
    const person = await somebody();
    const value = `new-${person.address}`;
    const { _id: id } = await kept.requests.open({
      ...{ right: 'rectification', channel: 'app', subject: person.key, address: person.address, text: 'I moved.' },
      asks: { corrections: [{ ...ADDRESS, value }] },
    });
    await finish();
    const { agent } = await twoStaff(kept);
    await kept.requests.decide(id, agent, { right: 'rectification', corrections: [{ ...ADDRESS, value }] });
    await finish();
    const token = lastTo(value).match(/\/confirm\/(\S+)/)?.[1] ?? '';
    expect(await kept.requests.peekConfirmation(token)).toMatchObject({ state: 'usable' });
    return { person, id, value, token };
  }

  test('leaves no value of its decision in the case, and its link is void', async () => {
    const one = await decided();
    await kept.requests.refuse(one.id, await leadOf(kept), NO);
    const refused = await again(kept, one.id);
    expect(refused).toMatchObject({ status: 'refused', decision: { corrections: [ADDRESS] } });
    expect(JSON.stringify((refused as { decision?: object }).decision)).not.toContain(one.person.address);
    // What was asked stays: who appeals against the refusal asks for just that.
    expect(refused.asks).toEqual({ corrections: [{ ...ADDRESS, value: one.value }] });
    await expect(kept.requests.confirm(one.token)).rejects.toMatchObject({ code: 'CONFIRMATION_NOT_FOUND' });

    const other = await decided();
    await kept.requests.withdraw(other.id, 'the person');
    expect(JSON.stringify(withoutWriter(await again(kept, other.id)))).not.toContain(other.person.address);
    await expect(kept.requests.confirm(other.token)).rejects.toMatchObject({ code: 'CONFIRMATION_NOT_FOUND' });
  });

  test('asks nobody to confirm a new address any more: a letter that waits with its link is not sent', async () => {
    const { agent, lead } = await twoStaff(kept);
    const person = await somebody();
    const value = `void-${person.address}`;
    const { _id: id } = await kept.requests.open({
      ...{ right: 'rectification', channel: 'app', subject: person.key, address: person.address, text: 'I moved.' },
    });
    await finish();
    await kept.requests.decide(id, agent, { right: 'rectification', corrections: [{ ...ADDRESS, value }] });
    await kept.requests.advance();
    await kept.requests.refuse(id, lead, NO);
    await finish();
    expect(lettersTo(value)).toEqual([]);
    expect((await kept.outbox.list({ state: 'dropped' })).map(({ to }) => to)).toContain(value);
    expect(lastTo(person.address)).toContain(NO.reason);
  });

  test('is not said to be carried out in the letter', async () => {
    const { person, id } = await decided();
    the.clock.forward({ days: 8 });
    await finish();
    expect(await again(kept, id)).toMatchObject({ status: 'partly-fulfilled' });
    expect(lastTo(person.address)).toContain('The new address was not confirmed');
    expect(lastTo(person.address)).not.toContain('We have corrected it');
    expect(lettersTo(person.address).at(-1)).toBe('About your correction');
  });
});

function withoutWriter({ requester: _, about: _a, pending: _p, ...rest }: StoredRequest): object {
  return rest;
}

describe('an appeal from the account', () => {
  const UPHELD = { right: 'appeal', outcome: 'upheld', reason: 'We were wrong.' } as const;

  test('is not decided by who refused, however soon; upheld, it takes up exactly what was asked', async () => {
    const [{ agent, lead }, refuser] = [await twoStaff(kept), await anotherLead(kept)];
    const person = await somebody();
    const inTheApp = { channel: 'app', subject: person.key, address: person.address, text: 'Please.' } as const;
    const asks = { purposes: ['improvement.debugging'] };
    const { _id } = await kept.requests.open({ ...inTheApp, right: 'objection', asks });
    await finish();
    await kept.requests.refuse(_id, refuser, NO);
    await finish();

    the.clock.forward({ minutes: 1 });
    const appeal = await kept.requests.open({ ...inTheApp, right: 'appeal' });
    await expect(kept.requests.decide(appeal._id, refuser, UPHELD)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    // Nor does a reply stand in for the decision.
    const byHand = kept.requests.answer(appeal._id, agent, 'It stays as it is.');
    await expect(byHand).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
    await kept.requests.decide(appeal._id, lead, UPHELD);
    await finish();
    expect(await again(kept, appeal._id)).toMatchObject({ status: 'fulfilled', contests: _id });
    expect(await again(kept, `${appeal._id}-anew`)).toMatchObject({ right: 'objection', reopens: _id, asks });
  });
});

describe('an agent who was to have a copy of the answer', () => {
  test('is told that there is one where it is a refusal, and not what it says', async () => {
    const person = await somebody();
    const agency = 'agency@example.net';
    await mail(
      kept,
      agency,
      `On behalf of my client ${person.address}, please delete their account and all their data.`,
    );
    await finish();
    const { _id } = await kept.requests.confirm(linkFor(the, person.address), { copyToAgent: true });
    await kept.requests.refuse(_id, await leadOf(kept), { ...NO, reason: 'The third time today.' });
    await finish();
    expect(lastTo(person.address)).toContain('The third time today.');
    expect(lettersTo(agency).at(-1)).toBe('What you asked for somebody is answered');
    expect(lastTo(agency)).not.toContain('The third time today.');
  });
});
