import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { type HostScene, openScene, password, signedUp, signedUpByPassword } from './scene.ts';

let scene: HostScene;
beforeAll(async () => {
  scene = await openScene('sign_up');
});
afterAll(() => scene.close());

const form = { password, country: 'SE', birthYear: '1990' };

describe('a person signs up directly', () => {
  test('and is signed in, with a password that is stored as a scrypt hash only', async () => {
    const browser = await signedUpByPassword(scene, 'Ada');
    expect((await browser.get('/account').expect(200)).text).toContain('ada@example.org');
    const ada = await scene.models.users.findOne({ email: 'ada@example.org' }).lean();
    expect(ada?.passwordHash).toMatch(/^scrypt:/);
    expect(await scene.everything()).not.toContain(password);
  });

  test('and has accepted the notice as it was then, by version and nothing more', async () => {
    const before = scene.accepted.length;
    await signedUpByPassword(scene, 'Rea');
    const person = await scene.models.users.findOne({ email: 'rea@example.org' });
    expect(scene.accepted.slice(before)).toEqual([`${person?._id} sign-up`]);
  });

  test('once for an address, whatever its case', async () => {
    await signedUp(scene, 'Bea');
    const again = { ...form, name: 'Bea', email: 'BEA@example.org' };
    await request(scene.app).post('/sign-up').type('form').send(again).expect(409);
    expect(await scene.models.users.countDocuments({ email: 'bea@example.org' })).toBe(1);
  });

  test('sdance-ai.children.under-13: who may be younger than the policy allows is refused, and nothing of them is stored', async () => {
    const child = { ...form, name: 'Kim', email: 'kim@example.org' };
    await request(scene.app)
      .post('/sign-up')
      .type('form')
      .send({ ...child, birthYear: '2013' })
      .expect(403);
    await request(scene.app)
      .post('/sign-up')
      .type('form')
      .send({ ...child, birthYear: '2012', country: 'KR' })
      .expect(403);
    expect(await scene.everything()).not.toContain('kim@example.org');
    await request(scene.app)
      .post('/sign-up')
      .type('form')
      .send({ ...child, birthYear: '2012' })
      .expect(303);
  });

  test('with a whole address, a name, a country and a year, or not at all', async () => {
    const whole = { ...form, name: 'Eve', email: 'eve@example.org' };
    const faults = [
      { email: 'eve' },
      { name: '' },
      { country: 'Sweden' },
      { birthYear: 'long ago' },
      { password: 'short' },
    ];
    for (const fault of faults) {
      await request(scene.app)
        .post('/sign-up')
        .type('form')
        .send({ ...whole, ...fault })
        .expect(422);
    }
    expect(await scene.models.users.countDocuments({ email: /eve/ })).toBe(0);
  });

  test('with texts where texts belong: an operator of the database finds nobody', async () => {
    await signedUp(scene, 'Fay');
    const trick = { email: { $ne: null }, password: { $ne: null } };
    await request(scene.app).post('/sign-in').send(trick).expect(401);
  });
});

describe('a person signs up by a provider', () => {
  const google = { provider: 'google', name: 'Gus', email: 'gus@example.org', country: 'DE', birthYear: '1985' };

  test('and comes back to the same account by the same identity', async () => {
    await request(scene.app).post('/sign-up/provider').type('form').send(google).expect(303);
    await request(scene.app)
      .post('/sign-up/provider')
      .type('form')
      .send({ provider: 'google', email: 'Gus@Example.org' })
      .expect(303);
    const accounts = await scene.models.users.find({ 'identities.email': 'gus@example.org' }).lean();
    expect(accounts).toHaveLength(1);
    expect(accounts[0]).toMatchObject({
      email: 'gus@example.org',
      identities: [{ provider: 'google', email: 'gus@example.org' }],
    });
    expect(accounts[0]?.passwordHash).toBeUndefined();
  });

  test('and cannot be signed in by a password that they never had', async () => {
    for (const guess of ['', password]) {
      await request(scene.app)
        .post('/sign-in')
        .type('form')
        .send({ email: 'gus@example.org', password: guess })
        .expect(401);
    }
  });

  test('or adds an identity at another address to the account they are signed in to', async () => {
    const browser = await signedUpByPassword(scene, 'Hal');
    await browser
      .post('/sign-up/provider')
      .type('form')
      .send({ provider: 'google', email: 'hal@example.com' })
      .expect(303);
    const hal = await scene.models.users.findOne({ email: 'hal@example.org' }).lean();
    expect(hal?.identities).toMatchObject([{ provider: 'google', email: 'hal@example.com' }]);
  });

  test('and no other name passes for a provider', async () => {
    await request(scene.app)
      .post('/sign-up/provider')
      .type('form')
      .send({ ...google, provider: 'nobody' })
      .expect(404);
  });
});

describe('a session', () => {
  test('lives in the database as a hash of what the cookie holds, and ends with signing out', async () => {
    const answer = await request(scene.app)
      .post('/sign-in')
      .type('form')
      .send({ email: 'ada@example.org', password: form.password });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly.*SameSite=Lax/);
    const token = /sid=([^;]+)/.exec(cookie)?.[1] ?? 'none';
    expect(await scene.everything()).not.toContain(token);

    await request(scene.app).get('/account').set('cookie', `sid=${token}`).expect(200);
    await request(scene.app).post('/sign-out').set('cookie', `sid=${token}`).expect(303);
    await request(scene.app).get('/account').set('cookie', `sid=${token}`).expect('location', '/sign-in');
  });

  test('is over after 30 days without use, and not while it is used', async () => {
    const browser = await signedUp(scene, 'Ida');
    scene.later({ days: 29 });
    await browser.get('/account').expect(200);
    scene.later({ days: 29 });
    await browser.get('/account').expect(200);
    scene.later({ days: 30 });
    await browser.get('/account').expect('location', '/sign-in');
  });

  test('is refused alike for an unknown address and for a wrong password', async () => {
    const tries = [
      { email: 'ada@example.org', password: 'not this one' },
      { email: 'nobody@example.org', password: 'not this one' },
    ];
    const [wrong, unknown] = await Promise.all(
      tries.map((entry) => request(scene.app).post('/sign-in').type('form').send(entry)),
    );
    expect(wrong?.status).toBe(401);
    expect(unknown?.status).toBe(401);
    expect(unknown?.text).toBe(wrong?.text);
  });

  test('is not to be used by a form on another site', async () => {
    const browser = await signedUp(scene, 'Jon');
    await browser.post('/account/close').set('origin', 'https://evil.example').expect(403);
    await browser.post('/account/close').set('sec-fetch-site', 'cross-site').expect(403);
    await browser.get('/account').expect(200);
  });
});
