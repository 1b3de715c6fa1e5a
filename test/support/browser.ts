import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Express } from 'express';
import type { Browser, Page } from 'playwright-core';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, '.tmp');
const require = createRequire(import.meta.url);
const AXE = require.resolve('axe-core/axe.min.js');

/** A real Chromium out of npm, with flags of ours: the package's own switch web security off. */
export async function openBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const { executable, folder } = unpacked();
  return chromium.launch({
    executablePath: executable,
    env: { ...process.env, TMPDIR: folder, FONTCONFIG_PATH: path.join(folder, 'fonts') } as Record<string, string>,
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
}

/**
 * Where it lies after unpacking. It goes to the folder for temporary files and runs whatever `chromium` it finds there, so it
 * gets one of its own: by version, and by worker, since two at once would read what the other has half written. A process of
 * its own unpacks it, because Jest's `process.env` is a copy that `os.tmpdir()` does not see.
 */
function unpacked(): { executable: string; folder: string } {
  const version = require('../../package.json').devDependencies['@sparticuz/chromium'] as string;
  const folder = path.join(FOLDER, `chromium-${version}-${process.env.JEST_WORKER_ID ?? '0'}`);
  const mark = path.join(folder, 'unpacked');
  // Without the mark an earlier run was cut off while it unpacked.
  if (!existsSync(mark)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const env = { ...process.env, TMPDIR: folder };
    const script = "import chromium from '@sparticuz/chromium'; console.log(await chromium.executablePath());";
    writeFileSync(mark, execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, env }));
  }
  return { executable: readFileSync(mark, 'utf8').trim(), folder };
}

export interface Served {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves an app on loopback, on a free port. */
export async function serve(app: Express): Promise<Served> {
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What axe-core finds against WCAG 2.2 A and AA: rule, and where; empty for a page without violations. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // A page's own content policy keeps scripts out, so axe comes in by the debugger, which it does not bind.
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(where: unknown, how: object): Promise<{ violations: Violation[] }> };
    };
    interface Violation {
      id: string;
      nodes: { target: unknown[]; failureSummary?: string }[];
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    );
  });
}

/** How many pixels the page is wider than its window; 0 where nothing has to be scrolled sideways. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Keeps a picture in `.tmp/screenshots`, to be looked at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(FOLDER, 'screenshots', `${name}.png`), fullPage: true });
}
