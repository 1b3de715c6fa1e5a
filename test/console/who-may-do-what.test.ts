import { describe, expect, test } from '@jest/globals';
import { SETTLED_BY, type Settled, type StaffMember, settledBy } from '@kept/core';
import type { Response } from 'supertest';
import { abilitiesOf } from '../../packages/console/src/abilities.ts';
import { routes } from '../../packages/console/src/routes.ts';
import { HASH } from './scene.ts';
import { openConsole, type Visitor } from './visitor.ts';

const words = { text: 'A few words', reason: 'For a test' };
const correction = { 'field-0': 'users name', 'value-0': 'Mira S', 'kind-0': 'text' };

/** One call of every route that a privacy lead can make with success: the address and the fields. */
const samples: Readonly<Record<string, { at: string; fields?: Record<string, string> }>> = {
  'get /sign-in': { at: '/sign-in' },
  'post /sign-in': { at: '/sign-in', fields: { email: 'ada@example.test', password: 'wrong' } },
  'post /sign-out': { at: '/sign-out' },
  'get /': { at: '/' },
  'get /mails': { at: '/mails' },
  'get /findings': { at: '/findings' },
  'get /retention': { at: '/retention' },
  'post /retention/count': { at: '/retention/count' },
  'post /retention/:rule/allow': {
    at: '/retention/api-logs/allow',
    fields: { ...words, collection: 'generations', due: '1900' },
  },
  'get /disclosures': { at: '/disclosures' },
  'post /disclosures': {
    at: '/disclosures',
    fields: {
      ...words,
      recipient: 'authorities',
      purpose: 'legal.obligation',
      subject: 'u-17',
      categories: 'account.contact',
      reference: 'order 12',
    },
  },
  'post /disclosures/:id/approve': { at: '/disclosures/d-by-ada/approve' },
  'post /disclosures/:id/withdraw': { at: '/disclosures/d-by-ben/withdraw' },
  'get /rehearsals': { at: '/rehearsals' },
  'post /rehearsals': { at: '/rehearsals', fields: { right: 'erasure', subject: 'u-17' } },
  'post /rehearsals/test': { at: '/rehearsals/test', fields: { right: 'access', subject: 'u-17' } },
  'get /staff': { at: '/staff' },
  'post /staff/:id/review': { at: '/staff/staff-ben/review', fields: { outcome: 'keep' } },
  'post /staff/assessments': { at: '/staff/assessments', fields: { scope: 'A scan of all', on: '2026-11-19' } },
  'get /help': { at: '/help' },
  'get /tickets/:id': { at: '/tickets/t-proposed' },
  'post /tickets/:id/show': { at: '/tickets/t-proposed/show', fields: words },
  'post /tickets/:id/reply': { at: '/tickets/t-proposed/reply', fields: words },
  'post /tickets/:id/note': { at: '/tickets/t-proposed/note', fields: words },
  'post /tickets/:id/assign': { at: '/tickets/t-proposed/assign', fields: { to: 'me' } },
  'post /tickets/:id/close': { at: '/tickets/t-inquiry/close' },
  'post /tickets/:id/reopen': { at: '/tickets/t-done/reopen' },
  'post /tickets/:id/letters/:letter/retry': { at: '/tickets/t-proposed/letters/l-3/retry' },
  'post /tickets/:id/mails/:mail/raw': { at: '/tickets/t-proposed/mails/mail-1/raw', fields: words },
  'get /requests/:id': { at: '/requests/r-proposed' },
  'get /requests/:id/receipt': { at: '/requests/r-done/receipt' },
  'get /requests/:id/receipt.json': { at: '/requests/r-done/receipt.json' },
  'get /requests/:id/delivery': { at: '/requests/package/delivery' },
  'get /requests/:id/delivery.json': { at: '/requests/package/delivery.json' },
  'get /requests/:id/restrictions/:hold/receipt': { at: '/requests/restrict/restrictions/h-0/receipt' },
  'get /requests/:id/restrictions/:hold/receipt.json': { at: '/requests/restrict/restrictions/h-0/receipt.json' },
  'post /requests/:id/challenge': { at: '/requests/r-received/challenge' },
  'post /requests/:id/preview': { at: '/requests/r-previewed/preview' },
  'post /requests/:id/propose': { at: '/requests/r-previewed/propose', fields: { hash: HASH } },
  'post /requests/:id/approve': { at: '/requests/r-by-ada/approve', fields: { hash: HASH, sure: 'yes' } },
  'post /requests/:id/answer': { at: '/requests/r-access/answer', fields: words },
  'post /requests/:id/residence': { at: '/requests/r-received/residence', fields: { residence: 'US-CA' } },
  'post /requests/:id/concerns': { at: '/requests/r-report/concerns', fields: { subject: 'u-17' } },
  'post /requests/:id/look-again': { at: '/requests/r-done/look-again' },
  'post /requests/:id/leave': { at: '/requests/left/leave', fields: words },
  'post /requests/:id/release': { at: '/requests/after/release', fields: words },
  'post /requests/:id/extend': { at: '/requests/r-received/extend', fields: words },
  'post /requests/:id/refuse': {
    at: '/requests/r-received/refuse',
    fields: { ...words, ground: 'unfounded-or-excessive' },
  },
  'post /requests/:id/weigh': { at: '/requests/correct/weigh', fields: correction },
  'post /requests/:id/decide': { at: '/requests/correct/decide', fields: correction },
  'post /requests/:id/shown': { at: '/requests/pictured/shown', fields: { collection: 'generations', record: 'g-10' } },
  'post /requests/:id/look': {
    at: '/requests/pictured/look',
    fields: { ...words, collection: 'generations', record: 'g-9', purpose: 'legal.obligation' },
  },
  'post /requests/:id/withdraw': { at: '/requests/stoppable/withdraw', fields: { said: 'yes' } },
  'post /requests/:id/mandate': { at: '/requests/agent/mandate', fields: { kind: 'power-of-attorney', until: '' } },
  'post /requests/:id/recipients/:notice/done': {
    at: '/requests/restrict/recipients/n-1/done',
    fields: { note: 'By phone' },
  },
  'post /requests/:id/recipients/:notice/again': { at: '/requests/restrict/recipients/n-2/again' },
  'post /requests/:id/recipients/:notice/waive': {
    at: '/requests/restrict/recipients/n-2/waive',
    fields: { ...words, ground: 'impossible' },
  },
  'post /requests/:id/restrictions/:hold/name': {
    at: '/requests/restrict/restrictions/h-1/name',
    fields: { ground: 'unlawful' },
  },
  'post /requests/:id/restrictions/:hold/lift': {
    at: '/requests/restrict/restrictions/h-1/lift',
    fields: { told: '' },
  },
  'post /mails/:id/raw': { at: '/mails/mail-x/raw', fields: words },
  'post /findings/:id/resolve': { at: '/findings/f-1/resolve' },
};

/** What only a privacy lead may: written down here a second time, so that the table cannot change unnoticed. */
const leadsOnly: Readonly<Record<string, number>> = {
  'get /staff': 404,
  'post /staff/:id/review': 404,
  'post /staff/assessments': 404,
  'post /requests/:id/approve': 403,
  'post /requests/:id/extend': 403,
  'post /requests/:id/refuse': 403,
  'post /requests/:id/leave': 403,
  'post /requests/:id/release': 403,
  'post /requests/:id/recipients/:notice/waive': 403,
  'post /requests/:id/restrictions/:hold/lift': 403,
  'post /disclosures/:id/approve': 403,
  'post /findings/:id/resolve': 403,
};
const open = ['get /sign-in', 'post /sign-in'];

const rows = routes.map((route) => ({ name: `${route.method} ${route.path}`, route }));
const inside = rows.filter(({ name }) => !open.includes(name));

function call(visitor: Visitor, name: string): Promise<Response> {
  const sample = samples[name];
  if (!sample) throw new Error(`No sample for ${name}`);
  return name.startsWith('get') ? visitor.get(sample.at) : visitor.send(sample.at, sample.fields);
}

describe('the route table is a permission matrix', () => {
  test('every route has a sample here, and no sample lacks its route', () => {
    expect(Object.keys(samples).toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });

  test('only the sign-in page is for anybody', () => {
    expect(rows.filter(({ route }) => route.may === 'anybody').map(({ name }) => name)).toEqual(open);
  });

  test.each(inside)('$name: who is not signed in gets nothing and changes nothing', async ({ name, route }) => {
    const { stranger, calls } = openConsole();
    const visitor = stranger();
    const answer =
      route.method === 'get'
        ? await call(visitor, name)
        : await visitor.sendRaw(samples[name]?.at ?? '', samples[name]?.fields ?? {});

    expect(answer.status).toBe(route.method === 'get' ? 303 : 401);
    if (route.method === 'get') expect(answer.headers.location).toMatch(/^\/console\/sign-in/);
    expect(answer.text).not.toContain('Mira');
    expect(calls).toEqual([]);
  });

  test.each(inside)('$name: a privacy lead may', async ({ name }) => {
    const answer = await call(await openConsole().signedIn('cleo@example.test'), name);
    expect([200, 303]).toContain(answer.status);
  });

  test.each(inside)('$name: an agent may exactly where the matrix says so', async ({ name }) => {
    const { signedIn, calls } = openConsole();
    const answer = await call(await signedIn('ben@example.test'), name);

    const refused = leadsOnly[name];
    if (refused === undefined) return expect([200, 303]).toContain(answer.status);
    expect(answer.status).toBe(refused);
    expect(calls).toEqual([]);
    if (refused === 403) expect(answer.text).toContain('Only a privacy lead may do this.');
  });
});

describe('the console and the engine go by one table', () => {
  const asked = [{ right: 'rectification' }, { right: 'complaint' }, { right: 'erasure', report: 'pictured' }] as const;
  const cases = asked.flatMap((request) =>
    (Object.keys(SETTLED_BY) as Settled[]).flatMap((what) =>
      (['agent', 'lead'] as const).map((role) => [role, what, request] as const),
    ),
  );

  test.each(cases)('%s, %s, %j', (role, what, request) => {
    const can = abilitiesOf({ _id: 'staff-1', role } as StaffMember, 'sdance-ai');
    const may = role === 'lead' || settledBy(what, request) === 'agent';
    expect(can(what, 'Request', { ...request, service: 'sdance-ai' })).toBe(may);
  });
});

describe('what may not be seen does not exist', () => {
  const hidden = ['/tickets/t-elsewhere', '/requests/r-elsewhere', '/requests/r-elsewhere/receipt'];

  test.each(hidden)('%s of another service looks like one that never was', async (path) => {
    const visitor = await openConsole().signedIn('ada@example.test');
    const [there, nowhere] = [await visitor.get(path), await visitor.get(path.replace('elsewhere', 'nowhere'))];

    expect(there.status).toBe(404);
    expect(there.text).toBe(nowhere.text);
  });

  test.each([
    '/tickets/t-elsewhere/note',
    '/requests/r-elsewhere/refuse',
    '/requests/r-elsewhere/challenge',
    '/tickets/t-elsewhere/mails/mail-9/raw',
    '/mails/mail-1/raw',
    '/findings/f-9/resolve',
    '/disclosures/d-9/approve',
    '/disclosures/d-done/withdraw',
    '/retention/elsewhere/allow',
    '/requests/correct/recipients/n-1/done',
    '/requests/restrict/recipients/n-9/again',
    '/requests/restrict/restrictions/h-9/name',
    '/requests/pictured/look',
    '/retention/payments/allow',
  ])('%s changes nothing', async (path) => {
    const { signedIn, calls } = openConsole();
    const answer = await (await signedIn('ada@example.test')).send(path, {
      ...words,
      ...{ article: 'Art. 12', note: 'x', ground: 'unlawful', collection: 'users', record: 'x', purpose: 'x' },
    });
    expect(answer.status).toBe(404);
    expect(calls).toEqual([]);
  });

  test.each([
    '/tickets/t-proposed/letters/l-9/retry',
    '/tickets/t-proposed/mails/mail-9/raw',
    '/tickets/t-proposed/mails/undefined/raw',
  ])('a letter or mail of another ticket is not reached through this one: %s', async (path) => {
    const { signedIn, calls } = openConsole();
    const answer = await (await signedIn('ada@example.test')).send(path, words);
    expect(answer.status).toBe(404);
    expect(calls).toEqual([]);
  });
});
