import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { createConsole } from '../../packages/console/src/index.ts';
import { mail } from '../engine/case.ts';
import { aPerson } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { tokenIn } from './visitor.ts';

const PASSWORD = 'a long enough password';
const WORDS = 'My name is Mara Lindqvist, please delete everything you have about me.';

let the: Scene;
let [ben, bea, ada]: string[] = [];
let ticket = '';
let app: express.Express;

beforeAll(async () => {
  the = await scene();
  const hire = async (name: string, role: 'agent' | 'lead'): Promise<string> =>
    (await the.kept.staff.add({ email: `${name}@kept.test`, name, role, password: PASSWORD }))._id;
  [ben, bea, ada] = [await hire('ben', 'agent'), await hire('bea', 'agent'), await hire('ada', 'lead')];
  app = express().use('/console', createConsole(the.kept));
  await aPerson(the, 'mara@example.org', { videos: 1, logs: 0, payments: 0 });
  await mail(the.kept, 'Mara Lindqvist <mara@example.org>', WORDS);
  ticket = (await the.kept.tickets.queue()).items[0]?._id ?? '';
});
afterAll(() => the.close());

async function signedIn(name: string) {
  const agent = request.agent(app);
  const page = await agent.get('/console/sign-in');
  const fields = { email: `${name}@kept.test`, password: PASSWORD, _csrf: tokenIn(page.text) };
  await agent.post('/console/sign-in').type('form').send(fields).expect(303);
  return {
    get: async (path: string): Promise<string> => (await agent.get(`/console${path}`).expect(200)).text,
    async send(path: string, more: Record<string, string>) {
      const _csrf = tokenIn((await agent.get('/console/')).text);
      return agent
        .post(`/console${path}`)
        .type('form')
        .send({ ...more, _csrf });
    },
  };
}

const names = /Lindqvist|mara@example\.org|delete everything/;
const pages = async (): Promise<string[]> => {
  const [one] = (await the.kept.requests.list()).items;
  return ['/', `/tickets/${ticket}`, `/requests/${one?._id}`];
};

describe('sdance-ai.security.need-to-know', () => {
  test('sdance-ai.security.need-to-know: whoever does not work on a case sees masked values', async () => {
    const colleague = await signedIn('bea');
    for (const page of await pages()) expect([page, names.test(await colleague.get(page))]).toEqual([page, true]);

    await the.kept.tickets.assign(ticket, ben ?? '', ben ?? '');
    for (const page of await pages()) expect([page, names.test(await colleague.get(page))]).toEqual([page, false]);
    expect(await colleague.get('/')).toContain('M•••');
    for (const who of ['ben', 'ada']) {
      const other = await signedIn(who);
      for (const page of await pages())
        expect([who, page, names.test(await other.get(page))]).toEqual([who, page, true]);
    }
  });

  test('sdance-ai.security.need-to-know: unmasking asks for a reason, holds for one look, and is in the evidence', async () => {
    const colleague = await signedIn('bea');
    for (const reason of ['', 'hm', 'asked by somebody@example.net']) {
      const refused = await colleague.send(`/tickets/${ticket}/show`, { reason });
      expect([refused.status, names.test(refused.text)]).toEqual([422, false]);
    }
    const shown = await colleague.send(`/tickets/${ticket}/show`, { reason: 'ben is ill' });
    expect([shown.status, shown.text.includes(WORDS)]).toEqual([200, true]);
    expect(await colleague.get(`/tickets/${ticket}`)).not.toMatch(names);

    await the.kept.evidence.sequence();
    const entries = await the.kept.evidence.entries({ kind: 'tickets', id: ticket });
    const looks = entries.filter(({ type }) => type === 'TicketShown');
    expect(looks).toHaveLength(1);
    const details = the.db.collection<{ _id: string }>('kept_evidenceDetails');
    expect(await details.findOne({ _id: looks[0]?._id ?? '' })).toMatchObject({
      details: { by: bea, role: 'agent', reason: 'ben is ill' },
    });
  });

  test('whoever takes a case over sees it, and the colleague does no more', async () => {
    const [taker, giver] = [await signedIn('bea'), await signedIn('ben')];
    await taker.send(`/tickets/${ticket}/assign`, { to: 'me' });
    expect(await taker.get(`/tickets/${ticket}`)).toContain(WORDS);
    expect(await giver.get(`/tickets/${ticket}`)).not.toMatch(names);
    expect(ada).toBeDefined();
  });
});
