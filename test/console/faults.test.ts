import { describe, expect, jest, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { createConsole } from '../../packages/console/src/index.ts';
import { KeptError } from '../../packages/console/src/kept.ts';
import { presentError } from '../../packages/console/src/presenters/error.ts';
import { statusOf } from '../../packages/console/src/statusOf.ts';
import { fakeKept } from './fakeKept.ts';

describe('each family of error codes has one status', () => {
  test.each([
    ['TICKET_NOT_FOUND', 404],
    ['REQUEST_CLOSED', 409],
    ['REQUEST_CONFLICT', 409],
    ['FORM_INVALID', 422],
    ['EXTENSION_TOO_LATE', 409],
    ['SIGN_IN_NEEDED', 401],
    ['SIGN_IN_REFUSED', 401],
    ['SIGN_IN_SLOWED', 429],
    ['ACTION_REFUSED', 403],
    ['CHAIN_BROKEN', 500],
    ['OF_NO_FAMILY', 500],
  ])('%s is %i', (code, status) => {
    expect(statusOf(code)).toBe(status);
  });
});

describe('an error page', () => {
  test('says what happened and what to do', () => {
    const error = new KeptError('REQUEST_CONFLICT', 'The run has begun', { place: 'x', remedy: 'Let it end.' });
    expect(presentError(error, '/', undefined)).toMatchObject({
      status: 409,
      title: 'Not possible as things stand',
      message: 'The run has begun.',
      remedy: 'Let it end.',
    });
  });

  test('leads back to where the form stood, and says so', () => {
    const error = new KeptError('RECORD_CONFLICT', 'It was changed meanwhile', { place: 'x', remedy: 'Look again.' });
    expect(presentError(error, '/requests/r-1', undefined)).toMatchObject({
      title: 'Somebody was faster',
      back: '/requests/r-1',
      backTo: 'Back to the request',
    });
    expect(presentError(error, '/', undefined).backTo).toBe('Back to the queue');
  });

  test('shows nothing of a fault of ours, and the log gets where it was but not what it said', async () => {
    const { kept } = fakeKept();
    const log = jest.fn();
    const broken = {
      ...kept,
      staff: { ...kept.staff, session: () => Promise.reject(new TypeError('mira@example.test is not iterable')) },
    };
    const app = express().use('/console', createConsole(broken, { log }));
    const answer = await request(app).get('/console/').set('Cookie', 'kept_console=x');

    expect(answer.status).toBe(500);
    expect(answer.text).toContain('Something broke on our side');
    expect(answer.text).not.toMatch(/mira|TypeError|at .*\.ts/);
    expect(JSON.stringify(log.mock.calls)).toContain('faults.test.ts');
    expect(JSON.stringify(log.mock.calls)).not.toContain('mira');
  });

  test('is plain words where even the layout cannot be made', async () => {
    const { kept } = fakeKept();
    const broken = {
      ...kept,
      mail: { ...kept.mail, counts: () => Promise.reject(new Error('mira@example.test')) },
      staff: { ...kept.staff, session: async () => ({ staff: (await kept.staff.list())[0], session: { csrf: 'x' } }) },
    } as unknown as typeof kept;
    const log = jest.fn();
    const app = express().use('/console', createConsole(broken, { log }));
    const answer = await request(app).get('/console/').set('Cookie', 'kept_console=x');

    expect(answer.status).toBe(500);
    expect(answer.type).toBe('text/plain');
    expect(answer.text).not.toContain('mira');
    expect(log).toHaveBeenCalledTimes(2);
  });

  test('an address that cannot be decoded is the sender’s fault', async () => {
    const app = express().use('/console', createConsole(fakeKept().kept));
    expect((await request(app).get('/console/tickets/%E0%A4%A')).status).toBe(422);
  });
});
