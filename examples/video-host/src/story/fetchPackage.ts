import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { expect } from './expect.ts';
import type { Stage } from './stage.ts';

/** What lay in a package, by name; `parts` are its ZIP files as they were saved. */
export interface Fetched {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly parts: readonly string[];
}

/**
 * Fetches every part of a package over HTTP, from the page behind the letter's link or from the account, has each checked by
 * `kept verify` in a process of its own, and opens it.
 */
export async function fetchPackage(
  { dir, verify }: Pick<Stage, 'dir' | 'verify'>,
  page: string,
  cookie = '',
): Promise<Fetched> {
  const headers = { accept: 'application/json', cookie };
  const { parts } = (await (await fetch(page, { headers })).json()) as { parts: { number: number }[] };
  const files = new Map<string, Buffer>();
  const saved: string[] = [];
  for (const { number } of parts) {
    const link = `${page}/part/${number}`;
    const asked = await fetch(link, { method: 'POST', headers, redirect: 'manual' });
    expect(asked.status === 303, 'the button of a part leads to its download');
    const file = path.join(dir, `package-${saved.length + 1}.zip`);
    await writeFile(file, Buffer.from(await (await fetch(link, { headers })).arrayBuffer()));
    const { code, output } = await verify(file, keysIn(dir));
    expect(code === 0, `kept verify finds the package good (${output})`);
    saved.push(file);
    for await (const [name, bytes] of entriesOf(file)) files.set(name, bytes);
  }
  expect(saved.length > 0, 'the package has a part');
  return { files, parts: saved };
}

/** Whether `kept verify` finds one changed byte of a part; answers what it said. */
export async function tampered({ dir, verify }: Pick<Stage, 'dir' | 'verify'>, part: string): Promise<string> {
  const bytes = await readFile(part);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const changed = path.join(dir, 'package-changed.zip');
  await writeFile(changed, bytes);
  const { code, output } = await verify(changed, keysIn(dir));
  expect(code === 1, 'kept verify finds one changed byte in a package');
  return output;
}

function keysIn(dir: string): string {
  return path.join(dir, 'keys', 'signing.public.json');
}

async function* entriesOf(file: string): AsyncGenerator<[string, Buffer]> {
  const zip = await openPromise(file);
  try {
    for await (const entry of zip.eachEntry())
      yield [entry.fileName, await buffer(await zip.openReadStreamPromise(entry))];
  } finally {
    zip.close();
  }
}
