import express from 'express';
import { serve } from '../support/browser.ts';
import { aPerson, type Person } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a program gets as JSON.
  readonly body: any;
  readonly text: string;
  /** Where a form leads, below the privacy page. */
  readonly location: string;
}

/** The privacy pages on a real socket, for whoever is signed in. */
export interface PrivacySite {
  signedIn: string | undefined;
  call(path: string, init?: RequestInit): Promise<Answer>;
  /** As a program does. */
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  /** As a browser does. */
  look(path: string): Promise<Answer>;
  send(path: string, form?: Record<string, string> | string[][]): Promise<Answer>;
  /** Somebody new signs in, so much later that nothing limits them that others did. */
  newcomer(): Promise<Person>;
  close(): Promise<void>;
}

export async function privacySite(scene: Scene): Promise<PrivacySite> {
  const { kept, clock } = scene;
  let people = 0;
  const app = express().use('/privacy', kept.router({ subjectOf: () => site.signedIn }));
  const served = await serve(app);
  const call: PrivacySite['call'] = async (path, init = {}) => {
    const answer = await fetch(`${served.url}/privacy${path}`, { redirect: 'manual', ...init });
    const { status, headers } = answer;
    const text = await answer.text();
    const body = headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
    return { status, text, body, location: (headers.get('location') ?? '').replace('/privacy', '') };
  };
  const json = { accept: 'application/json', 'content-type': 'application/json' };
  const html = { accept: 'text/html' };
  const site: PrivacySite = {
    signedIn: undefined,
    call,
    get: (path) => call(path, { headers: json }),
    post: (path, body = {}) => call(path, { method: 'POST', headers: json, body: JSON.stringify(body) }),
    look: (path) => call(path, { headers: html }),
    send: (path, form = {}) => call(path, { method: 'POST', headers: html, body: new URLSearchParams(form as never) }),
    async newcomer() {
      people += 1;
      const person = await aPerson(scene, `newcomer-${people}@example.org`, { videos: 1, logs: 0, payments: 0 });
      site.signedIn = person.key;
      clock.forward({ minutes: 20 });
      return person;
    },
    close: () => served.close(),
  };
  return site;
}
