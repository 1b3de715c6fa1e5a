import express, { type Express } from 'express';
import request, { type Response } from 'supertest';
import { type ConsoleOptions, createConsole } from '../../packages/console/src/index.ts';
import { fakeKept } from './fakeKept.ts';
import type { Calls } from './recorded.ts';
import { PASSWORD } from './scene.ts';

/** A staff member's browser without scripts: keeps cookies, and takes the token out of the page before it sends a form. */
export interface Visitor {
  get(path: string): Promise<Response>;
  /** Opens `page`, then sends the fields to `path` with that page's token. */
  send(path: string, fields?: Record<string, string>, page?: string): Promise<Response>;
  /** Sends exactly this. */
  sendRaw(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
}

export interface Opened {
  app: Express;
  calls: Calls;
  stranger(): Visitor;
  signedIn(email: string): Promise<Visitor>;
}

/** A console at `mount`, on a fake engine, in a host app of its own. */
export function openConsole(options: ConsoleOptions & { mount?: string; now?: () => Date } = {}): Opened {
  const { mount = '/console', now, ...rest } = options;
  const { kept, calls } = fakeKept(now ? { now } : {});
  const app = express();
  app.use(mount, createConsole(kept, rest));
  const at = (path: string): string => `${mount === '/' ? '' : mount}${path}`;

  const stranger = (): Visitor => {
    const agent = request.agent(app);
    const get = (path: string): Promise<Response> => Promise.resolve(agent.get(at(path)));
    const sendRaw: Visitor['sendRaw'] = (path, fields, headers = {}) =>
      Promise.resolve(agent.post(at(path)).set(headers).type('form').send(fields));
    const send: Visitor['send'] = async (path, fields = {}, page = '/') => {
      return sendRaw(path, { ...fields, _csrf: tokenIn((await get(page)).text) });
    };
    return { get, send, sendRaw };
  };
  const signedIn = async (email: string): Promise<Visitor> => {
    const visitor = stranger();
    const answer = await visitor.send('/sign-in', { email, password: PASSWORD }, '/sign-in');
    if (answer.status !== 303) throw new Error(`${email} could not sign in: ${answer.status}`);
    return visitor;
  };
  return { app, calls, stranger, signedIn };
}

/** The token of the first form in a page. */
export function tokenIn(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}
