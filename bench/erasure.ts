import { spawnSync } from 'node:child_process';

/** People with more and more records, each erased in a process of its own: how fast, and that the memory stays flat. */
export async function benchErasure(): Promise<void> {
  process.stdout.write('\nErasure of one person, against one bare deleteMany of as many records\n');
  const file = new URL('./largeErasure.ts', import.meta.url).pathname;
  for (const count of ['10000', '100000', '1000000']) {
    spawnSync(process.execPath, [...process.execArgv, '--expose-gc', file, count], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }
}
