import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { type Scene, scene } from '../support/scene.ts';

let the: Scene;
let app: express.Express;
beforeAll(async () => {
  the = await scene();
  app = express().use('/privacy', the.kept.router({ subjectOf: () => 'somebody' }));
});
afterAll(() => the.close());

test('a link or a form that cannot be read is refused without a word about the machine', async () => {
  const link = '/privacy/confirm/request.0123';
  const unread = [
    request(app).get('/privacy/confirm/%E0%A4%A'),
    request(app).post(link).type('json').send('{bad'),
    request(app).post(link).set('Content-Type', 'application/x-www-form-urlencoded; charset=klingon').send('a=b'),
    request(app)
      .post(link)
      .type('form')
      .send(`a=${'x'.repeat(70_000)}`),
  ];
  for (const each of unread) {
    const { status, text } = await each.set('Accept', 'text/html');
    expect([status, text]).toEqual([422, expect.stringContaining('Something is missing or wrong')]);
    expect(text).not.toMatch(/node_modules|Error:/);
  }
});

test('a program that sends what cannot be read gets a problem document', async () => {
  const consents = request(app).post('/privacy/consents').set('Accept', 'application/json').type('json');
  const { status, body, headers } = await consents.send('{bad');
  expect([status, headers['content-type']]).toEqual([422, expect.stringContaining('application/problem+json')]);
  expect(body).toMatchObject({ type: 'urn:kept:INPUT_INVALID', status: 422 });
});
