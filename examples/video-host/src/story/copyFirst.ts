import type { Seeded } from '../variant.ts';
import { expect } from './expect.ts';
import { fetchPackage, tampered } from './fetchPackage.ts';
import { letterAbout, linkIn, type Stage } from './stage.ts';
import { runJobs } from './walkClock.ts';

/** "Send me everything, then delete it": the erasure, approved as it is, waits until the copy was fetched. */
export async function copyFirst(
  stage: Stage<Pick<Seeded, 'people'>>,
  asked: { readonly copy: string; readonly erasure: string },
  address: string,
): Promise<void> {
  const { server, say } = stage;
  const { kept } = server;
  say.chapter('The copy comes first');
  await runJobs(kept);
  const [copy, erasure] = [await kept.requests.get(asked.copy), await kept.requests.get(asked.erasure)];
  expect(copy?.status === 'fulfilled' && erasure?.status === 'approved', 'the erasure waits for the copy');
  say.tell('The copy is made and sealed under a key of its own. The erasure waits until it was fetched.');

  const letter = await letterAbout(stage, address, 'What you asked us for is ready');
  const page = linkIn(stage, letter, 'package');
  expect((await fetch(`${page}x`)).status === 404, 'a link with one more letter opens nothing');
  for (const method of ['HEAD', 'GET']) expect((await fetch(page, { method })).ok, 'the page of the link opens');
  expect(!(await kept.packages.ofRequest(asked.copy))?.deliveredAt, 'a link that is only opened delivers nothing');

  const { files, parts } = await fetchPackage(stage, page);
  const index = files.get('index.html')?.toString() ?? '';
  expect(index.includes(kept.policy.controller.name), 'the report says who answers');
  expect(!/<script|src="http/.test(index), 'the report needs no scripts and nothing from elsewhere');
  const hers = [...files].some(([name, bytes]) => /^data\/.*\.json$/.test(name) && bytes.includes(address));
  expect(hers, 'the copy holds the account');
  say.tell('Fetched by its link. kept verify, in a process of its own: every file is as the signed list says.', {
    files: files.size,
    parts: parts.length,
  });
  say.show(contentsOf(files));

  const refused = await tampered(stage, parts[0] ?? '');
  say.tell('kept verify with one byte of the package changed: bad.', { exit: 1 });
  say.show(refused.trim().split('\n'));

  expect((await kept.packages.ofRequest(asked.copy))?.deliveredAt !== undefined, 'the delivery is noted');
  const receipt = await fetch(`${page}/receipt`);
  expect(receipt.ok && (await receipt.text()).includes('kept-delivery/1'), 'a delivery has its signed receipt');
  say.tell('The delivery is noted and has a signed receipt of its own. Now the erasure may begin.');
}

/** The folders of a package, each with how much lies in it. */
function contentsOf(files: ReadonlyMap<string, Buffer>): string[] {
  const folders = new Map<string, { count: number; bytes: number }>();
  for (const [name, { length }] of files) {
    const folder = name.includes('/') ? `${name.split('/')[0]}/` : name;
    const { count, bytes } = folders.get(folder) ?? { count: 0, bytes: 0 };
    folders.set(folder, { count: count + 1, bytes: bytes + length });
  }
  return [...folders].map(
    ([folder, { count, bytes }]) => `${folder.padEnd(16)} ${count} ${count === 1 ? 'file' : 'files'}, ${bytes} bytes`,
  );
}
