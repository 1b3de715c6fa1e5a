#!/usr/bin/env node
import { processIo } from './processIo.ts';
import { run } from './run.ts';

// Not `process.exit` at once: what was written must reach its reader. The timer ends what only waits, such as the
// schedulers' own timers, and does not hold up a process that has nothing left to do.
void run(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
  setTimeout(() => process.exit(), 2_000).unref();
});
