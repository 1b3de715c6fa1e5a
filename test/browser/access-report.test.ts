import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { accessContents } from '../../packages/core/src/engine/rights/access/accessContents.ts';
import { copyingWorld, packed, requestOf } from '../engine/copies/copying.ts';
import { accessibilityFaults, screenshot, sidewaysScroll } from '../support/browser.ts';
import { aPerson } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { openSite, type Site } from './openSite.ts';

let the: Scene;
let site: Site;

beforeAll(async () => {
  the = await scene();
  const mara = await aPerson(the, 'mara@example.org', { videos: 4, logs: 30 });
  const prompt = `a ${'very long unbroken'.repeat(20)} <img src=x onerror=alert(1)>`;
  await the.db.collection('generations').updateOne({ userId: mara.id }, { $set: { prompt } });
  const { files, types } = await packed(accessContents(copyingWorld(the), requestOf(mara.key)));
  const app = express();
  app.use((req, res) => {
    const name = decodeURIComponent(req.path.slice(1));
    res.type(types.get(name) ?? 'text/plain').send(files.get(name) ?? 'nothing');
  });
  site = await openSite(app);
}, 120_000);
afterAll(async () => {
  await site?.close();
  await the?.close();
});

async function opened(options: Parameters<Browser['newPage']>[0] = {}): Promise<{ page: Page; asked: string[] }> {
  const { page, asked } = await site.window(options);
  await page.goto(`${site.url}/index.html`);
  return { page, asked };
}

describe('the report of an access package, in a browser', () => {
  test.each(['light', 'dark'] as const)('breaks no rule of WCAG 2.2 AA that axe knows, in %s', async (colorScheme) => {
    const { page } = await opened({ colorScheme });
    const faults = await accessibilityFaults(page);
    await screenshot(page, `access-report-${colorScheme}`);
    await page.close();
    expect(faults).toEqual([]);
  });

  test('asks for nothing beside itself, and runs nothing', async () => {
    const { page, asked } = await opened();
    expect(asked).toEqual([`${site.url}/index.html`]);
    expect(await page.locator('img, script, iframe').count()).toBe(0);
    await page.close();
  });

  test('fits a small screen without being wider than it', async () => {
    const { page } = await opened({ viewport: { width: 320, height: 700 } });
    const wider = await sidewaysScroll(page);
    await page.close();
    expect(wider).toBe(0);
  });

  test('every link leads to a place in the page, to a file of the package, or to the terms of a recipient', async () => {
    const { page } = await opened();
    const links: string[] = await page
      .locator('a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    const terms = the.kept.policy.recipients.flatMap((recipient) => recipient.terms ?? []);
    expect(links.filter((href) => /^\w+:/.test(href)).sort()).toEqual(terms.sort());
    const own = links.filter((href) => href !== 'manifest.json' && !terms.includes(href));
    expect(own.length).toBeGreaterThan(20);
    for (const href of new Set(own)) {
      if (href.startsWith('#'))
        expect([href, await page.locator(`[id="${href.slice(1)}"]`).count()]).toEqual([href, 1]);
      else expect([href, await (await fetch(`${site.url}/${href}`)).text()]).not.toEqual([href, 'nothing']);
    }
    await page.close();
  });
});
