import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { createConsole } from '../../packages/console/src/index.ts';
import { serve } from '../support/browser.ts';
import { rawMail } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';

const PASSWORD = 'a long enough password';

/** The console on the real engine, and staff who are signed in to it. */
export interface ConsoleOnEngine {
  readonly the: Scene;
  readonly url: string;
  /** A window of a colleague of its own, on the queue: `ben` is an agent, `ada` a privacy lead. */
  signedIn(name: 'ada' | 'ben', options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  /** A mail comes in, and everything due is done. */
  mailComesIn(from: string, text: string): Promise<void>;
  close(): Promise<void>;
}

export async function consoleOnEngine(
  browser: Browser,
  change: Parameters<typeof scene>[0] = {},
): Promise<ConsoleOnEngine> {
  const the = await scene(change);
  await the.kept.staff.add({ email: 'ben@kept.test', name: 'Ben Okoye', role: 'agent', password: PASSWORD });
  await the.kept.staff.add({ email: 'ada@kept.test', name: 'Ada Lind', role: 'lead', password: PASSWORD });
  const served = await serve(express().use('/console', createConsole(the.kept)));
  const url = `${served.url}/console`;
  return {
    the,
    url,
    async signedIn(name, options = {}) {
      const page = await (await browser.newContext(options)).newPage();
      await page.goto(`${url}/`);
      await page.getByLabel('Email').fill(`${name}@kept.test`);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { level: 1, name: 'Open cases' }).waitFor();
      return page;
    },
    async mailComesIn(from, text) {
      await the.kept.mail.receive({ mailbox: 'support@sdanceai.com', raw: rawMail(from, text) });
      await the.kept.workOff();
    },
    async close() {
      await served.close();
      await the.close();
    },
  };
}
