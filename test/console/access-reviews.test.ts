import { expect, test } from '@jest/globals';
import { openConsole } from './visitor.ts';

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('a privacy lead sees who has access, who reviewed it when, and what is overdue', async () => {
  const text = plain((await (await openConsole().signedIn('ada@example.test')).get('/staff')).text);
  for (const part of [
    'Ben Okoye',
    'ben@example.test',
    'by Ada Lind',
    'in 60 days',
    'Never reviewed',
    'Penetration test',
  ])
    expect(text).toContain(part);
});

test('a review keeps an account or ends it, and nothing else', async () => {
  const { signedIn, calls } = openConsole();
  const visitor = await signedIn('ada@example.test');
  for (const outcome of ['keep', 'end']) await visitor.send('/staff/staff-ben/review', { outcome });
  expect((await visitor.send('/staff/staff-ben/review', { outcome: 'promote' })).status).toBe(422);
  expect(calls).toEqual([
    ['reviews.review', 'staff-ben', 'staff-ada', 'keep'],
    ['reviews.review', 'staff-ben', 'staff-ada', 'end'],
  ]);
});

test('an assessment is recorded with its day', async () => {
  const { signedIn, calls } = openConsole();
  const visitor = await signedIn('ada@example.test');
  await visitor.send('/staff/assessments', { scope: 'Scan of all packages', on: '2026-11-19' });
  expect((await visitor.send('/staff/assessments', { scope: 'Scan', on: 'yesterday' })).status).toBe(422);
  expect(calls).toEqual([['reviews.assess', { scope: 'Scan of all packages', on: '2026-11-19', by: 'staff-ada' }]]);
});
