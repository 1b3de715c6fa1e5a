import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accessContents } from '../../../packages/core/src/engine/rights/access/accessContents.ts';
import { aPerson } from '../../support/people.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { mail, ticketOfMail, twoStaff } from '../case.ts';
import { copyingWorld, packed, requestOf } from './copying.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

describe('what is for nobody else', () => {
  test('others are masked, too, for somebody whose account has an empty address', async () => {
    const guest = await aPerson(the, ' ', { videos: 1 });
    await the.db
      .collection('generations')
      .updateOne({ userId: guest.id }, { $set: { prompt: 'a film for bob@example.net' } });
    const { json } = await packed(accessContents(copyingWorld(the), requestOf(guest.key)));
    expect(json('data/generations.json')).toMatchObject([{ data: { prompt: 'a film for •••' } }]);
  });

  test('who has an address now gets nothing of what was said with whoever had it before', async () => {
    const before = await aPerson(the, 'info@example.org', { videos: 0 });
    const { agent } = await twoStaff(the.kept);
    const ticket = await ticketOfMail(the, await mail(the.kept, 'info@example.org', 'I moved to Elm Street.'));
    await the.kept.tickets.reply(ticket._id, agent, 'We changed it to Elm Street.');
    await the.db.collection('kept_tickets').updateOne({ _id: ticket._id as never }, { $set: { subject: before.key } });
    await the.db.collection('users').updateOne({ _id: before.id }, { $set: { email: 'moved@example.org' } });
    const now = await aPerson(the, 'info@example.org', { videos: 0 });

    const theirs = await packed(accessContents(copyingWorld(the), requestOf(now.key)));
    for (const [name, bytes] of theirs.files) expect([name, bytes.includes('Elm Street')]).toEqual([name, false]);
    const own = await packed(accessContents(copyingWorld(the), requestOf(before.key)));
    expect(own.text('kept/conversations.json')).toContain('Elm Street');
  });
});
