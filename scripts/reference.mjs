// Writes docs/reference anew from the rules of the packs: `npm run reference`. A test fails where the two differ.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { referenceFiles } from './referenceFiles.ts';

const folder = join(import.meta.dirname, '../docs/reference');
const files = await referenceFiles();
rmSync(folder, { recursive: true, force: true });
for (const [path, text] of files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
console.log(`${files.size} files written to docs/reference`);
