import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import {
  type Browser,
  type HostScene,
  made,
  openScene,
  password,
  picture,
  signedUp,
  signedUpByPassword,
} from './scene.ts';

let scene: HostScene;
let browser: Browser;
let video: string;
beforeAll(async () => {
  scene = await openScene('pages');
  browser = await signedUp(scene, 'Ada');
  video = await made(browser, { prompt: 'A kite over Lagos', picture });
});
afterAll(() => scene.close());

describe('every page', () => {
  test('is there, leads to privacy and support, and allows nothing foreign to run', async () => {
    const pages = ['/', '/support', '/sign-in', '/sign-up', '/sign-up/provider?provider=google'];
    const own = [
      '/create',
      `/create?remix=${video}`,
      `/create?reuse=${video}`,
      '/videos',
      `/videos/${video}`,
      '/account',
    ];
    const visits = [
      ...pages.map((page) => request(scene.app).get(page)),
      ...[...pages, ...own].map((page) => browser.get(page)),
    ];
    for (const visit of visits) {
      const { text, headers } = await visit.expect(200);
      expect(text).toMatch(/<title>.+ · Sdance AI<\/title>/);
      expect(text).toContain('<a href="/privacy">');
      expect(text).toContain('<a href="mailto:support@sdanceai.com">');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect((await request(scene.app).get('/public/style.css').expect(200)).headers['content-type']).toContain('css');
  });

  test('of one’s own sends whom nobody knows to the door', async () => {
    for (const page of ['/create', '/videos', '/account', '/avatar']) {
      await request(scene.app).get(page).expect(303).expect('location', '/sign-in');
    }
  });

  test('that is missing says so in the same dress', async () => {
    for (const page of ['/nowhere', '/videos/nonsense', '/videos/64b000000000000000000000', '/media/nonsense/video']) {
      expect((await browser.get(page).expect(404)).text).toContain('<h1>Not quite</h1>');
    }
  });

  test('shows hostile names and words as the text they are', async () => {
    const hostile = '<script>alert(1)</script>"\'><img src=x onerror=1>{{email}}';
    const form = {
      name: hostile,
      email: 'x@example.org',
      password,
      country: 'SE',
      birthYear: '1990',
    };
    const other = request.agent(scene.app);
    await other.post('/sign-up').type('form').send(form).expect(303);
    const id = await made(other, { prompt: hostile });
    await other.post(`/videos/${id}/visibility`).type('form').send({ visibility: 'public' }).expect(303);
    await other
      .post('/account/keys')
      .type('form')
      .send({ name: hostile.slice(0, 60) })
      .expect(200);
    for (const page of ['/', '/videos', `/videos/${id}`, `/create?remix=${id}`, '/account']) {
      const { text } = await other.get(page).expect(200);
      expect(text).not.toMatch(/<script|<img src=x|"'>|x@example\.org<\/a>/);
      expect(text).toContain('&lt;script&gt;');
    }
  });
});

describe('the account page', () => {
  test('changes the name, and the picture with its file', async () => {
    await browser.post('/account/profile').type('form').send({ name: 'Ada L.' }).expect(303);
    await browser.post('/account/profile').type('form').send({ name: ' ' }).expect(422);
    await browser.post('/account/avatar').attach('picture', picture, { filename: 'me.png' }).expect(303);
    const first = await scene.models.users.findOne({ email: 'ada@example.org' }).lean();
    expect(first).toMatchObject({ name: 'Ada L.', avatar: `avatars/${first?._id}.png` });
    expect((await browser.get('/avatar').expect(200)).body).toEqual(picture);

    const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
    await browser.post('/account/avatar').attach('picture', gif, { filename: 'me.gif' }).expect(303);
    expect(await scene.media.has(`avatars/${first?._id}.png`)).toBe(false);
    await browser
      .post('/account/avatar')
      .attach('picture', Buffer.from('no picture'), { filename: 'me.png' })
      .expect(415);
  });

  test('closes the account: it is marked, its sessions end, and nobody signs in to it any more', async () => {
    const other = await signedUpByPassword(scene, 'Cleo');
    const elsewhere = request.agent(scene.app);
    const door = { email: 'cleo@example.org', password };
    await elsewhere.post('/sign-in').type('form').send(door).expect(303);
    await other.post('/account/close').expect(303);

    const cleo = await scene.models.users.findOne({ email: 'cleo@example.org' }).lean();
    expect(cleo?.closedAt).toEqual(scene.now);
    expect(await scene.models.sessions.countDocuments({ userId: String(cleo?._id) })).toBe(0);
    await elsewhere.get('/account').expect('location', '/sign-in');
    await request(scene.app).post('/sign-in').type('form').send(door).expect(401);
  });
});

describe('the support page', () => {
  test('writes a mail to support in the name of the person who is signed in', async () => {
    const forged = {
      from: 'somebody@example.net',
      subject: 'My data\r\nBcc: all@example.org',
      text: 'Please delete everything.',
    };
    await browser.post('/support').type('form').send(forged).expect(303).expect('location', '/support?sent=yes');
    expect(scene.mails.at(-1)).toEqual({
      from: 'ada@example.org',
      sender: 'support@sdanceai.com',
      to: 'support@sdanceai.com',
      subject: 'My data Bcc: all@example.org',
      text: 'Please delete everything.',
    });
    expect((await browser.get('/support?sent=yes')).text).toContain('we answer within 30 days');
  });

  test('asks others for one address, and for words', async () => {
    const count = scene.mails.length;
    for (const from of ['', 'nobody', 'a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org']) {
      await request(scene.app).post('/support').type('form').send({ from, text: 'Hello' }).expect(422);
    }
    await request(scene.app).post('/support').type('form').send({ from: 'a@example.org', text: ' ' }).expect(422);
    expect(scene.mails).toHaveLength(count);
    await request(scene.app).post('/support').type('form').send({ from: 'a@example.org', text: 'Hello' }).expect(303);
    expect(scene.mails).toHaveLength(count + 1);
  });
});
