import type { Express } from 'express';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, serve } from '../support/browser.ts';

/** An app on loopback, and a browser to look at it. */
export interface Site {
  readonly url: string;
  /** A window, with what it asked for and what it complained of. */
  window(options?: Parameters<Browser['newPage']>[0]): Promise<{ page: Page; asked: string[]; complaints: string[] }>;
  close(): Promise<void>;
}

export async function openSite(app: Express): Promise<Site> {
  const [browser, served] = await Promise.all([openBrowser(), serve(app)]);
  return {
    url: served.url,
    async window(options = {}) {
      const page = await browser.newPage(options);
      const asked: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => void asked.push(request.url()));
      page.on('console', (message) => void complaints.push(message.text()));
      return { page, asked, complaints };
    },
    async close() {
      await browser.close();
      await served.close();
    },
  };
}
