import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PASSWORD } from '../console/scene.ts';
import { type Opened, openConsole } from '../console/visitor.ts';
import { type Served, serve } from '../support/browser.ts';

export interface Visit extends Opened, Served, AsyncDisposable {
  page: Page;
  /** What the browser itself complained of: errors of scripts, and parts that the content policy kept out. */
  complaints: string[];
}

/** A console on the fake engine, and a window on it. */
export async function visit(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Visit> {
  const opened = openConsole();
  const served = await serve(opened.app);
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => void complaints.push(error.message));
  return {
    ...opened,
    ...served,
    url: `${served.url}/console`,
    page,
    complaints,
    async [Symbol.asyncDispose]() {
      await context.close();
      await served.close();
    },
  };
}

export async function signIn({ page, url }: Visit, email: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/`);
}
