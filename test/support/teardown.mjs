import { rm } from 'node:fs/promises';

export default async function teardown() {
  await globalThis.keptTestDatabase?.close();
  const { folder, before } = globalThis.keptTestTemp;
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
