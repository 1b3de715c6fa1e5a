import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { onOurOwnModels } from '../../../examples/video-host/variants/seedance-api/index.ts';
import { modelsOn } from '../../../examples/video-host/variants/seedance-api/models.ts';
import { picture } from '../scene.ts';
import { openVariant, type VariantScene } from './openVariant.ts';
import { registered } from './registering.ts';

let the: VariantScene;
beforeAll(async () => {
  the = await openVariant(onOurOwnModels);
});
afterAll(() => the.close());

describe('registering', () => {
  test('gives a key, which is shown once and stored as its hash', async () => {
    const { id, key, call } = await registered(the, 'Ada');
    expect(key).toMatch(/^sdk_[\w-]{43}$/);
    expect(await the.placesOf(key)).toEqual([]);
    expect(await the.placesOf(id)).toEqual(['apiKeys', 'users']);
    expect((await call('get', '/usage').expect(200)).body).toMatchObject({ units: 0, amount: 0 });
  });

  test.each([
    [{ email: 'nobody', name: 'Bea', country: 'IE' }, 422, 'whole address'],
    [{ email: 'bea@example.org', country: 'IE' }, 422, 'name'],
    [{ email: 'bea@example.org', name: 'Bea', country: 'Ireland' }, 422, 'two letters'],
    [{ email: 'bea@example.org', name: '4111 1111 1111 1111', country: 'IE' }, 422, 'name'],
    [{ email: 'bea@example.org', name: 'Bea', country: 'IE', webhookUrl: 'http://192.0.2.1/' }, 422, 'https'],
    [{ email: 'wren@studio.example.org', name: 'Wren', country: 'IE' }, 409, 'already'],
  ])('with %j is refused: %i, and nothing is stored', async (form, status, words) => {
    const answer = await request(the.app).post('/v1/register').send(form).expect(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body.detail).toContain(words);
    expect(await the.placesOf('bea@example.org')).toEqual([]);
  });

  test('nothing is told without a key that is known', async () => {
    await request(the.app).get('/v1/usage').expect(401);
    await request(the.app).post('/v1/videos').auth('sdk_unknown', { type: 'bearer' }).send({ prompt: 'A' }).expect(401);
  });

  test('the pages of Kept know the developer by the key', async () => {
    const { key } = await registered(the, 'Ines');
    await request(the.app).get('/privacy').expect(403);
    await request(the.app).get('/privacy').auth(key, { type: 'bearer' }).expect(200);
  });
});

describe('calls', () => {
  test('leave endpoint, time, units, status, latency and address, and nothing of what was said in them', async () => {
    const { id, call } = await registered(the, 'Cleo');
    const made = await call('post', '/videos?trace=secret')
      .set('user-agent', 'studio/1.0')
      .field('prompt', 'A kettle in love')
      .attach('image', picture, 'me.png')
      .expect(201);
    await call('get', `/videos/${made.body.id}`).expect(200);
    await call('get', '/videos/elsewhere').expect(404);
    await call('get', '/nowhere').expect(404);
    await call('post', '/videos').type('json').send('{"prompt":').expect(400);

    const entries = await modelsOn(the.connection).apiLogs.find({ userId: id }).sort({ _id: 1 }).lean();
    expect(entries.map(({ endpoint, units, status }) => [endpoint, units, status])).toEqual([
      ['POST /v1/videos', 5, 201],
      ['GET /v1/videos/:id', 0, 200],
      ['GET /v1/videos/:id', 0, 404],
      ['GET /v1/…', 0, 404],
      ['POST /v1/…', 0, 400],
    ]);
    expect(entries[0]).toMatchObject({ at: the.clock.now(), ip: expect.stringMatching(/127\.0\.0\.1/) });
    const text = JSON.stringify(entries);
    for (const word of ['kettle', 'studio/1.0', 'secret', made.body.id]) expect(text).not.toContain(word);
  });

  test('beyond so many in a minute from one address are refused until the minute is over', async () => {
    const { call } = await registered(the, 'Dana');
    const statuses = new Set<number>();
    let answer = await call('get', '/usage');
    for (let made = 0; made < 130 && answer.status !== 429; made += 1) {
      statuses.add(answer.status);
      answer = await call('get', '/usage');
    }
    expect([...statuses]).toEqual([200]);
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '60']);
    the.clock.set(new Date(the.clock.now().getTime() + 60_000));
    await call('get', '/usage').expect(200);
  });
});

describe('videos', () => {
  test('a prompt with a card number is refused, and the number is stored nowhere', async () => {
    const { call } = await registered(the, 'Elif');
    const answer = await call('post', '/videos').send({ prompt: 'Charge 4111 1111 1111 1111 for it' }).expect(422);
    expect(answer.body.detail).toContain('card number');
    expect(await the.placesOf('4111 1111')).toEqual([]);
  });

  test('what is no picture is no reference image, and a video of somebody else is not there', async () => {
    const { call } = await registered(the, 'Finn');
    await call('post', '/videos').field('prompt', 'A').attach('image', Buffer.from('hello'), 'me.png').expect(415);
    const theirs = await modelsOn(the.connection).generations.findOne({ userId: the.protagonist.id }).lean();
    await call('get', `/videos/${theirs?._id}`).expect(404);
    await call('get', `/videos/${theirs?._id}/content`).expect(404);
  });

  test('while processing is restricted no video is made', async () => {
    const { id, call } = await registered(the, 'Gia');
    const hold = await the.kept.holds.place({ kind: 'restriction', subject: id, ground: 'accuracy', by: 'staff-1' });
    const refused = await call('post', '/videos').send({ prompt: 'A swing' }).expect(403);
    expect(refused.body.detail).toContain('processing is restricted');
    await the.kept.holds.lift(hold, 'staff-1');
    await call('post', '/videos').send({ prompt: 'A swing' }).expect(201);
  });
});

describe('bills', () => {
  test('seedance-api.recipient.stripe: a bill goes through Stripe, is counted from the log, and keeps references only', async () => {
    const { id, call } = await registered(the, 'Hana');
    await call('post', '/invoices').expect(409);
    for (const prompt of ['One', 'Two']) await call('post', '/videos').send({ prompt }).expect(201);
    expect((await call('get', '/usage')).body).toMatchObject({ units: 10, amount: 80, currency: 'EUR' });

    const billed = await call('post', '/invoices').expect(201);
    expect(billed.body).toMatchObject({ units: 10, amount: 80, status: 'paid' });
    const payment = await modelsOn(the.connection).payments.findOne({ userId: id }).lean();
    expect(payment).toMatchObject({ processor: 'stripe', processorRef: expect.stringMatching(/^pi_[a-z]{16}$/) });
    expect(Object.keys(payment ?? {})).not.toEqual(expect.arrayContaining(['last4']));
    the.clock.set(new Date(the.clock.now().getTime() + 1000));
    expect((await call('get', '/usage')).body).toMatchObject({ units: 0 });
  });
});
