import { describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { createConsole } from '../../packages/console/src/index.ts';
import * as papers from './correspondence.ts';
import { fakeKept } from './fakeKept.ts';
import { ada, PASSWORD } from './scene.ts';
import { tokenIn } from './visitor.ts';

const [one] = papers.mails;

/** A console with so many unreadable mails, `mail-1` the newest; signed in. */
async function withMails(count: number) {
  const { kept } = fakeKept();
  const heap = Array.from({ length: count }, (_, n) => ({ ...one, _id: `mail-${n + 1}` })) as typeof papers.mails;
  const read = { ...one, _id: 'mail-read', state: 'read' } as (typeof papers.mails)[number];
  const mail: typeof kept.mail = {
    ...kept.mail,
    unreadable: async ({ skip = 0, limit = 50 } = {}) => ({ items: heap.slice(skip, skip + limit), total: count }),
    get: async (id) => [...heap, read].find(({ _id }) => _id === id),
  };
  const agent = request.agent(express().use('/console', createConsole({ ...kept, mail })));
  const _csrf = tokenIn((await agent.get('/console/sign-in')).text);
  await agent.post('/console/sign-in').type('form').send({ email: ada.email, password: PASSWORD, _csrf });
  const listed = async (path: string): Promise<string[]> =>
    [...(await agent.get(path)).text.matchAll(/action="\/console\/mails\/(.+?)\/raw"/g)].map(([, id]) => id ?? '');
  const download = async (id: string) => {
    const token = tokenIn((await agent.get('/console/mails')).text);
    const form = { reason: 'To answer by hand', _csrf: token };
    return agent.post(`/console/mails/${id}/raw`).type('form').send(form);
  };
  return { agent, listed, download };
}

describe('mails that could not be read', () => {
  test('are listed to the last one, a page at a time', async () => {
    const { agent, listed } = await withMails(201);
    const seen: string[] = [];
    for (let path: string | undefined = '/console/mails'; path !== undefined; ) {
      seen.push(...(await listed(path)));
      const { text } = await agent.get(path);
      path = /href="([^"]+)">Older</.exec(text)?.[1]?.replace('&#x3D;', '=');
    }
    expect([new Set(seen).size, seen.at(-1)]).toEqual([201, 'mail-201']);
    expect((await agent.get('/console/mails?page=2')).text).toContain('href="/console/mails?page&#x3D;1">Newer');
  });

  test('can all be opened, however many are newer, and one that was read is opened at its ticket only', async () => {
    const { download } = await withMails(201);
    const answer = await download('mail-201');
    expect([answer.status, answer.headers['content-disposition']]).toEqual([
      200,
      'attachment; filename=mail-mail-201.eml',
    ]);
    expect((await download('mail-read')).status).toBe(404);
  });

  test('a page beyond the last does not say that all is well', async () => {
    const { agent } = await withMails(1);
    expect((await agent.get('/console/mails?page=9')).text).not.toContain('Every mail could be read');
  });
});
