import { afterAll, describe, expect, test } from '@jest/globals';
import { aPerson, aVideo, DAY } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { again, confirmed, DELETE, mail, PASSWORD, twoStaff } from './case.ts';

const the = await scene();
const { kept } = the;
afterAll(() => the.close());

const DEMANDED = { code: 'APPROVAL_REFUSED' };

/** A proposed erasure, and the hash that an approval must name. */
async function proposed(address: string): Promise<{ id: string; hash: string; ticket: string }> {
  await aPerson(the, address);
  await mail(kept, address, DELETE);
  const { _id: id, ticket } = await confirmed(the, kept, address);
  const { agent } = await twoStaff(kept);
  const request = await again(kept, id);
  const hash = 'preview' in request ? request.preview.hash : '';
  await kept.requests.propose(id, agent, hash);
  return { id, hash, ticket };
}

describe('an approval', () => {
  test('is for a privacy lead in office: no other agent, nobody unknown and no lead who left can give it', async () => {
    const { id, hash } = await proposed('pia@example.org');
    const { lead } = await twoStaff(kept);
    const agent = await kept.staff.add({ email: 'bo@kept.test', name: 'Bo', role: 'agent', password: PASSWORD });
    const left = await kept.staff.add({ email: 'kim@kept.test', name: 'Kim', role: 'lead', password: PASSWORD });
    await the.db
      .collection<{ _id: string }>('kept_staff')
      .updateOne({ _id: left._id }, { $set: { disabledAt: the.clock.now() } });

    await expect(kept.requests.approve(id, agent._id, hash)).rejects.toMatchObject(DEMANDED);
    await expect(kept.requests.approve(id, left._id, hash)).rejects.toMatchObject(DEMANDED);
    await expect(kept.requests.approve(id, 'somebody', hash)).rejects.toMatchObject(DEMANDED);
    expect((await again(kept, id)).status).toBe('proposed');

    expect((await kept.requests.approve(id, lead, hash)).status).toBe('approved');
  });

  test('of a lead of another service is of no use here', async () => {
    const { id, hash } = await proposed('quin@example.org');
    const guest = await kept.staff.add({ email: 'guest@kept.test', name: 'Guest', role: 'lead', password: PASSWORD });
    await the.db
      .collection<{ _id: string }>('kept_staff')
      .updateOne({ _id: guest._id }, { $set: { service: 'another-service' } });
    await expect(kept.requests.approve(id, guest._id, hash)).rejects.toMatchObject(DEMANDED);
  });
});

describe('what somebody settles', () => {
  const asked = { channel: 'app', text: 'Please.' } as const;
  const open = async (right: 'complaint' | 'rectification') => {
    const { key, address } = await aPerson(the, `${right}@example.org`, { videos: 0 });
    const { _id } = await kept.requests.open({ ...asked, right, subject: key, address });
    await kept.requests.advance();
    return _id;
  };

  test("is a privacy lead's wherever it may end in a no, whichever way they come; a correction is any colleague's", async () => {
    const { agent, lead } = await twoStaff(kept);
    const [complaint, correction] = [await open('complaint'), await open('rectification')];
    const rejected = { right: 'complaint', outcome: 'rejected', reason: 'It was as it must be.' } as const;
    const refusal = { article: 'Article 12(5) GDPR', reason: 'The tenth this week.' };
    const corrections = [{ collection: 'users', field: 'name', value: 'Cora' }];
    for (const by of [agent, 'somebody', { $ne: '' } as never]) {
      await expect(kept.requests.decide(complaint, by, rejected)).rejects.toMatchObject(DEMANDED);
      await expect(kept.requests.weigh(complaint, by, rejected)).rejects.toMatchObject(DEMANDED);
      await expect(kept.requests.refuse(correction, by, refusal)).rejects.toMatchObject(DEMANDED);
      await expect(kept.requests.extend(correction, by, 'Many works.')).rejects.toMatchObject(DEMANDED);
    }
    expect(await kept.requests.decide(complaint, lead, rejected)).toMatchObject({ status: 'decided' });
    expect(await kept.requests.decide(correction, agent, { right: 'rectification', corrections })).toMatchObject({
      status: 'decided',
    });
  });

  test('is signed for by nobody whom the service does not know', async () => {
    await aPerson(the, 'uma@example.org');
    await mail(kept, 'uma@example.org', DELETE);
    const { _id: id } = await confirmed(the, kept, 'uma@example.org');
    const request = await again(kept, id);
    const hash = 'preview' in request ? request.preview.hash : '';
    await expect(kept.requests.propose(id, 'somebody', hash)).rejects.toMatchObject(DEMANDED);
  });
});

describe('what staff read', () => {
  test('a conversation shows the letter with the link without the link', async () => {
    const { ticket } = await proposed('rob@example.org');
    const texts = (await kept.tickets.conversation(ticket)).map(({ text }) => text).join('\n');
    expect(texts).toContain('(one-time link, in the sent letter only)');
    expect(texts).not.toContain('/confirm/');
  });

  test('a raw mail is read for a reason, and the reason is in the evidence', async () => {
    const id = await mail(kept, 'tia@example.org', 'How do I download?');
    await expect(kept.mail.raw(id, 'ada', '  ')).rejects.toMatchObject({ code: 'REASON_INVALID' });
    await kept.mail.raw(id, 'ada', 'the sender asks what reached us');
    await kept.evidence.sequence();
    const read = (await kept.evidence.entries({ kind: 'mails', id })).filter(({ type }) => type === 'RawMailRead');
    expect(read).toHaveLength(1);
    const details = await the.db
      .collection<{ _id: string }>('kept_evidenceDetails')
      .findOne({ _id: read[0]?._id ?? '' });
    expect(details).toMatchObject({ details: { by: 'ada', reason: 'the sender asks what reached us' } });
  });

  test('requests are asked for by their ids, those of this service only', async () => {
    const [one, two] = [await proposed('una@example.org'), await proposed('val@example.org')];
    await proposed('wim@example.org');
    const found = await kept.requests.list({ ids: [one.id, two.id, 'request-unknown'] });
    expect(found.items.map(({ _id }) => _id).toSorted()).toEqual([one.id, two.id].toSorted());
    expect(await kept.requests.list({ ids: [] })).toEqual({ items: [], total: 0 });
  });

  test('cases that are due on one day stand in the order in which they came', async () => {
    const came: string[] = [];
    for (const name of ['one', 'two', 'three', 'four']) {
      came.push(`ticket-${await mail(kept, `${name}@example.org`, 'How do I download?')}`);
      the.clock.set(new Date(the.clock.now().getTime() + 60_000));
    }
    const { items } = await kept.tickets.queue({ kind: 'inquiry' });
    expect(items.map(({ _id }) => _id).filter((id) => came.includes(id))).toEqual(came);
  });

  test('a queue can be asked for what one person has, and for what nobody has', async () => {
    const { agent } = await twoStaff(kept);
    const mine = `ticket-${await mail(kept, 'five@example.org', 'How do I download?')}`;
    const free = `ticket-${await mail(kept, 'six@example.org', 'How do I download?')}`;
    await kept.tickets.assign(mine, agent, agent);
    expect((await kept.tickets.queue({ assignee: agent })).items.map(({ _id }) => _id)).toEqual([mine]);
    const nobody = (await kept.tickets.queue({ assignee: null })).items.map(({ _id }) => _id);
    expect(nobody).toContain(free);
    expect(nobody).not.toContain(mine);
  });

  test('of many sweeps those that erased something can be asked for alone', async () => {
    const { id } = await aPerson(the, 'zoe@example.org', { videos: 0, logs: 0, payments: 0 });
    await aVideo(the, id, { createdAt: new Date(the.clock.now().getTime() - 31 * DAY) });
    for (let sweep = 0; sweep < 3; sweep += 1) await kept.retention.sweep({ rule: 'generated-videos' });

    expect(await kept.retention.runs({ rule: 'generated-videos' })).toHaveLength(3);
    const notable = await kept.retention.runs({ rule: 'generated-videos', notable: true });
    expect(notable).toHaveLength(1);
    expect(notable[0]?.collections).toMatchObject([{ collection: 'generations', erased: 1 }]);
    expect(await kept.retention.runs({ rule: 'generated-videos', notable: true, skip: 1 })).toEqual([]);
    expect(await kept.retention.runs({ rule: 'api-logs', limit: 1 })).toEqual([]);
    expect(kept.retention.modeOf('generated-videos')).toBe('enforce');
  });
});
