import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { ask } from './ask.ts';
import { type Installation, installation } from './installation.ts';

interface Shown {
  readonly id: string;
  readonly state: string;
}

let the: Installation;
let agent: string;
let lead: string;
let subject: string;

beforeAll(async () => {
  the = await installation();
  agent = await the.staff('ada', 'agent');
  lead = await the.staff('lin', 'lead');
  const _id = new mongoose.mongo.ObjectId();
  subject = String(_id);
  await the.db.collection('users').insertOne({ _id, email: 'mara@example.org', identities: [], country: 'DE' });
});
afterAll(() => the.close());

const order = (): string[] => [
  ...[
    '--recipient',
    'authorities',
    '--subject',
    subject,
    '--category',
    'payment.record',
    '--category',
    'account.contact',
  ],
  ...['--purpose', 'legal.obligation', '--reference', 'AG Berlin 12 Gs 34/26', '--reason', 'A court orders it'],
];

test('a disclosure is proposed by one, approved by a lead who is another, listed, and withdrawn', async () => {
  const proposed = await the.kept(['disclosure', 'propose', ...order(), '--by', agent]);
  expect([proposed.code, proposed.err]).toEqual([0, '']);
  const { id } = proposed.json<Shown>();
  expect(proposed.json()).toMatchObject({
    state: 'proposed',
    categories: ['account.contact', 'payment.record'],
    by: agent,
  });
  expect((await the.kept(['disclosure', 'approve', id, '--by', agent])).code).toBe(2);
  expect((await the.kept(['disclosure', 'approve', id, '--by', lead])).json()).toMatchObject({
    state: 'approved',
    approvedBy: lead,
  });

  const list = await ask(['disclosure', 'list'], { env: the.env, cwd: the.dir });
  expect(list.out).toContain(`${id}  approved`);
  expect(list.out).toContain('1 open proposal');
  expect(list.out).not.toContain(subject);
  expect((await the.kept(['disclosure', 'withdraw', id, '--by', agent])).json()).toMatchObject({ state: 'withdrawn' });
  expect((await the.kept(['disclosure', 'list'])).json()).toEqual({ total: 0, proposals: [] });
});

test('what the policy forbids is refused with the rules that forbid it', async () => {
  const sale = order().map((word) => (word === 'legal.obligation' ? 'sale' : word));
  const refused = await the.kept(['disclosure', 'propose', ...sale, '--by', agent]);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('never.sale (sdance-ai.never.sale)')]);
  expect((await the.kept(['disclosure', 'propose', '--by', agent])).code).toBe(2);
});
