import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The folders that are served as they are, and a name that changes with their content. */
export interface Assets {
  readonly folders: readonly string[];
  readonly version: string;
}

/** Works from `src` and from `dist`: views and browser files lie beside both. */
export const HOME: string = path.resolve(import.meta.dirname, '..');

/** Styles and scripts of ours, and htmx from its package. */
export function findAssets(): Assets {
  const browser = path.join(HOME, 'browser');
  const htmx = path.dirname(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'));
  const hash = createHash('sha256').update(readFileSync(path.join(htmx, 'htmx.min.js')));
  for (const file of readdirSync(browser).toSorted()) hash.update(file).update(readFileSync(path.join(browser, file)));
  return { folders: [browser, htmx], version: hash.digest('hex').slice(0, 12) };
}
