#!/usr/bin/env node
// Stands in the repository, so that npm finds something to link before the build has run.
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const main = new URL('../dist/main.js', import.meta.url);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`kept: Node ${process.versions.node} is too old, in this shell: use 22.19 or newer.\n`);
  process.exitCode = 2;
} else if (!existsSync(main)) {
  process.stderr.write('kept: the command is not built yet, in packages/cli/dist: run npm run build.\n');
  process.exitCode = 2;
} else {
  // Compiled code is kept between starts, which saves a sixth of them.
  module.enableCompileCache?.();
  await import(main.href);
}
