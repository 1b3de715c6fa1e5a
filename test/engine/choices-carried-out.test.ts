import { afterAll, describe, expect, test } from '@jest/globals';
import type { StoredRequest } from '@kept/core';
import type { Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { confirmed, leadOf, mail } from './case.ts';
import { ANNOUNCEMENT, casework, IMPROVEMENT, SERVICE } from './casework.ts';

const the = await scene();
const { kept } = the;
const { somebody, lettersTo, told, may, finish } = casework(() => the);
afterAll(() => the.close());

const CONTENT = { purpose: 'training', category: 'generation.output' };

/** A mail may ask for several rights, each with a link of its own. */
async function pressesEveryLink(address: string): Promise<void> {
  await finish();
  for (const [, token = ''] of told(address).matchAll(/\/privacy\/confirm\/(\S+)/g)) await kept.requests.confirm(token);
}

/** Their newest request of that right. */
async function requestOf({ key }: Person, right: string): Promise<StoredRequest> {
  const { items } = await kept.requests.list({ limit: 500 });
  const found = items.filter((each) => each.right === right && 'subject' in each && each.subject === key).at(-1);
  if (!found) throw new Error(`No ${right}`);
  return found;
}

describe('a consent is withdrawn as easily as it was given', () => {
  test('by one sentence in a mail from the address of the account: nothing is to be confirmed', async () => {
    const ann = await somebody();
    await kept.consents.give(ann.key, 'training', 'settings');
    expect(await may(ann, CONTENT)).toBe('permitted');

    await mail(kept, ann.address, 'I withdraw my consent to training on my videos.');
    await finish();
    expect(await may(ann, CONTENT)).toBe('forbidden');
    expect(await requestOf(ann, 'withdraw-consent')).toMatchObject({
      status: 'fulfilled',
      identity: { how: 'address' },
      recorded: { flags: ['training', 'provider-training'] },
    });
    expect(lettersTo(ann.address)).not.toContain('Please confirm your request');
    expect(told(ann.address)).toContain('Use my uploads and results to train and improve');
    expect(told(ann.address)).toContain('What was done before');
  });

  test('sdance-ai.right.withdraw: by one call, one link, or one sentence in a mail, as one call gave it', async () => {
    const roads: ((person: Person) => Promise<unknown>)[] = [
      ({ key }) => kept.consents.withdraw(key, 'training', 'settings'),
      async ({ key }) => {
        const link = await kept.unsubscribe.linkFor(key, 'training');
        return kept.unsubscribe.object(link.slice(link.lastIndexOf('/') + 1));
      },
      async ({ address }) => {
        await mail(kept, address, 'I withdraw my consent to training.');
        await kept.requests.advance();
      },
    ];
    for (const takesBack of roads) {
      const person = await somebody();
      await kept.consents.give(person.key, 'training', 'settings');
      expect(await may(person, CONTENT)).toBe('permitted');
      await takesBack(person);
      expect(await may(person, CONTENT)).toBe('forbidden');
      await finish();
      expect(lettersTo(person.address)).not.toContain('Please confirm your request');
    }
  });

  test('what is not named means all that is given, and nothing else', async () => {
    const bea = await somebody();
    for (const flag of ['training', 'analytics-cookies']) await kept.consents.give(bea.key, flag, 'settings');
    await mail(kept, bea.address, 'I hereby withdraw my consent.');
    await finish();
    const words = await kept.consents.history(bea.key);
    expect(words.filter(({ what }) => what === 'withdrawn').map(({ flag }) => flag)).toEqual([
      'training',
      'analytics-cookies',
    ]);
  });

  test('from another address the account is asked first, and nothing happens before', async () => {
    const cid = await somebody();
    await kept.consents.give(cid.key, 'training', 'settings');
    await mail(kept, 'eve@example.net', `I withdraw my consent to training for the account ${cid.address}.`);
    await finish();
    expect(await may(cid, CONTENT)).toBe('permitted');
    expect(lettersTo(cid.address)).toContain('Please confirm your request');
  });
});

describe('an opt-out', () => {
  test('of training holds from the next decision on, and says into what the data went before', async () => {
    const dan = await somebody();
    await kept.consents.give(dan.key, 'training', 'settings');
    const records = dan.videos.map(String);
    const use = { subject: dan.key, purpose: 'training', categories: ['generation.output'], records, set: 'spring' };
    await kept.uses.record(use);
    the.clock.forward({ days: 1 });

    await mail(kept, dan.address, 'Please do not use my videos to train your AI models.');
    await finish();
    expect(await may(dan, CONTENT)).toBe('forbidden');
    expect(told(dan.address)).toContain('- spring: 3 records, last on 3 March 2026');
  });

  test('of marketing stops announcements and leaves notices of the service', async () => {
    const eli = await somebody();
    await mail(kept, eli.address, 'Please stop sending me marketing emails.');
    await finish();
    expect(await may(eli, ANNOUNCEMENT)).toBe('forbidden');
    expect(await may(eli, { purpose: 'communication.notice', category: 'account.contact' })).toBe('permitted');
  });

  test('of a sale takes back what Sec-GPC takes back, and names the promise that nothing is sold', async () => {
    const [fay, gus] = [await somebody(), await somebody()];
    await mail(kept, fay.address, 'Do not sell or share my personal information.');
    await finish();
    const { flags, purposes } = await kept.signals.heed(gus.key);
    expect(await requestOf(fay, 'optout-sale')).toMatchObject({ status: 'fulfilled', recorded: { flags, purposes } });
    expect(told(fay.address)).toMatch(/Nothing of yours was sold before, either\. Our notice says: \S/);
  });

  test('leaves them in peace for twelve months: nobody asks for a yes before', async () => {
    const ian = await somebody();
    expect(await kept.consents.mayAsk(ian.key, 'training')).toBe(true);
    await mail(kept, ian.address, 'Please do not use my videos to train your AI models.');
    await finish();
    const asksOn = async (at: string): Promise<boolean> =>
      (await the.restart({ clock: { now: () => new Date(at) } })).consents.mayAsk(ian.key, 'training');
    expect([await asksOn('2027-03-03T12:00:00Z'), await asksOn('2027-03-04T12:00:00Z')]).toEqual([false, true]);
    await expect(kept.consents.mayAsk(ian.key, 'nothing')).rejects.toMatchObject({ code: 'CONSENT_INVALID' });
  });

  test('said twice is one word in the history', async () => {
    const hal = await somebody();
    for (const _ of [1, 2]) {
      await mail(kept, hal.address, 'Please stop sending me marketing emails.');
      await finish();
    }
    expect(await kept.objections.history(hal.key)).toHaveLength(1);
  });
});

describe('a restriction', () => {
  test('on the ground that the mail names: everything but storage stops, and the person reads what that means', async () => {
    const ida = await somebody();
    await mail(kept, ida.address, 'Please restrict processing of my data. The birth year you hold is wrong.');
    await pressesEveryLink(ida.address);
    await finish();
    expect([await may(ida, SERVICE), await may(ida, IMPROVEMENT)]).toEqual(['forbidden', 'forbidden']);
    expect(await kept.restrictions.history(ida.key)).toEqual([
      expect.objectContaining({ ground: 'accuracy-contested' }),
    ]);
    expect(told(ida.address)).toContain('You say that it is wrong.');
    expect(told(ida.address)).toContain('Before it ends we write to you');
  });

  test('is told to those who have something of it, and so is its end', async () => {
    const kai = await somebody();
    await kept.egress('fal-ai', { subject: kai.key, generation: 'g-1' }).pass({ prompt: 'a cat' });
    await mail(kept, kai.address, 'Please restrict processing of my data.');
    await pressesEveryLink(kai.address);
    await finish();
    const [hold] = await kept.restrictions.history(kai.key);
    await kept.restrictions.lift(hold?._id ?? '', await leadOf(kept));
    await kept.outbox.deliver();
    await kept.restrictions.advance();
    const { _id } = await requestOf(kai, 'restriction');
    const notes = the.db.collection('kept_notifications').find({ request: { $in: [_id, hold?._id ?? ''] } });
    expect((await notes.toArray()).map(({ recipient, what }) => `${recipient} ${what}`).sort()).toEqual([
      'fal-ai restriction',
      'fal-ai restriction-lifted',
    ]);
    expect(told(kai.address)).toContain('it must not be used:\n\n- fal');
  });

  test('without a ground guesses none; staff name it once they know', async () => {
    const jon = await somebody();
    await mail(kept, jon.address, 'Please restrict processing of my data.');
    await confirmed(the, kept, jon.address);
    await finish();
    const [hold] = await kept.restrictions.history(jon.key);
    expect(hold).toMatchObject({ ground: 'not-stated' });
    expect(told(jon.address)).toContain('You did not say why, and you do not have to.');

    await kept.restrictions.name(hold?._id ?? '', 'needed-for-claims', 'ada');
    expect(await kept.restrictions.history(jon.key)).toEqual([
      expect.objectContaining({ ground: 'needed-for-claims' }),
    ]);
    expect(await may(jon, SERVICE)).toBe('forbidden');
  });
});
