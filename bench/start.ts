import { spawnSync } from 'node:child_process';
import { compare } from './ratio.ts';

const MAIN = new URL('../packages/cli/dist/main.js', import.meta.url).pathname;

/** How long the command takes to start, against Node alone. */
export async function benchStart(): Promise<void> {
  const run =
    (...args: string[]) =>
    () => {
      const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
      if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
      return 1;
    };
  await compare('Starts of the command', 'starts', [
    { name: 'node -e 0', run: run('-e', '0') },
    { name: 'kept deadline', run: run(MAIN, 'deadline', '--regime', 'eu-gdpr', '--received', '2026-03-03') },
    {
      name: 'kept decide',
      run: run(MAIN, 'decide', 'sdance-ai', '--purpose', 'training', '--category', 'generation.output'),
    },
  ]);
}
