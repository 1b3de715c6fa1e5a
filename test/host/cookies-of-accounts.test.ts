import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { unreadable } from '../support/unreadable.ts';
import { type CookieSite, cookieSite, kinds } from './cookieSite.ts';

let site: CookieSite;

beforeAll(async () => {
  site = await cookieSite();
});
afterAll(() => site.the.close());
beforeEach(() => site.anew());

const visit = (): Promise<string[]> => site.visit();
const say = (kind: string, what: 'give' | 'withdraw'): Promise<unknown> => site.say(kind, what);

describe('an account', () => {
  test('has its own history, objections included, on every browser', async () => {
    site.browser.signedIn = 'ann';
    await say('analytics', 'give');
    expect(site.jar.has('kept_choices')).toBe(false);
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);
    await site.the.kept.objections.object('ann', 'analytics', 'settings');
    expect(await visit()).toEqual(['sid']);
  });

  test('takes over what the browser chose before, and no yes that it had refused itself', async () => {
    await site.the.kept.consents.withdraw('bo', 'performance-cookies', 'settings');
    await say('analytics', 'give');
    await say('performance', 'give');
    site.browser.signedIn = 'bo';
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);
    expect(site.jar.has('kept_choices')).toBe(false);
    expect(await site.the.kept.consents.history('bo')).toEqual([
      expect.objectContaining({ flag: 'performance-cookies', what: 'withdrawn', source: 'settings' }),
      expect.objectContaining({ flag: 'analytics-cookies', what: 'given', source: 'chosen before sign-in' }),
    ]);
  });

  test('takes over no yes to what it objected to', async () => {
    await site.the.kept.objections.object('eli', 'analytics', 'settings');
    await say('analytics', 'give');
    site.browser.signedIn = 'eli';
    expect(await visit()).toEqual(['sid']);
    expect(await site.the.kept.consents.history('eli')).toEqual([]);
    expect(site.jar.has('kept_choices')).toBe(false);
  });

  test('takes over a no that is the newest word', async () => {
    await site.the.kept.consents.give('cy', 'analytics-cookies', 'settings');
    await say('analytics', 'withdraw');
    site.browser.signedIn = 'cy';
    expect(await visit()).toEqual(['sid']);
    site.the.clock.forward({ seconds: 1 });
    await site.the.kept.consents.give('cy', 'analytics-cookies', 'settings');
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);
  });

  test('heeds the signal of a browser on all of them, until it says otherwise here', async () => {
    site.browser.signedIn = 'di';
    await say('analytics', 'give');
    site.browser.signal = '1';
    expect(await visit()).toEqual(['sid']);
    site.browser.signal = undefined;
    expect(await visit()).toEqual(['sid']);
    site.browser.signal = '1';
    await say('analytics', 'give');
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);
  });

  test('gets only what needs no yes while nobody can tell what it said', async () => {
    await site.the.kept.consents.give('eve', 'analytics-cookies', 'settings');
    const house = await site.the.restart({ data: { db: unreadable(site.the.db) }, control: { db: site.the.db } });
    const down = express();
    down.use(house.cookies({ kinds, subjectOf: () => 'eve' }));
    down.get('/', (_req, res) => {
      for (const name of ['sid', '_ga']) res.cookie(name, 'v');
      res.send('still there');
    });
    const answer = await request(down).get('/');
    expect([answer.status, answer.headers['set-cookie']]).toEqual([200, ['sid=v; Path=/']]);
  });
});

test('a page is there, with what needs no yes, while nobody can tell whether its choices are ours', async () => {
  const mac = async (): Promise<never> => Promise.reject(new Error('no keys'));
  const house = await site.the.restart({ keys: { ...site.the.keys, mac } });
  const down = express();
  down.use(house.cookies({ kinds, subjectOf: () => undefined }));
  down.get('/', (_req, res) => {
    for (const name of ['sid', '_ga']) res.cookie(name, 'v');
    res.send('still there');
  });
  const answer = await request(down).get('/').set('Cookie', 'kept_choices=a.b');
  expect([answer.status, answer.headers['set-cookie']]).toEqual([200, ['sid=v; Path=/']]);
});
