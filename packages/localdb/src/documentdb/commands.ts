import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { engineIdentity } from './folders.ts';

const run = promisify(execFile);

/** A small, fixed environment: neither secrets nor locale of the caller reach the engine. */
export const PLAIN_ENVIRONMENT: Record<string, string> = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Runs a program under the engine's identity and returns what it wrote. */
export async function runAsEngine(program: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  const proxies = Object.entries(process.env).filter(([name, value]) => /^(https?|no|all)_proxy$/i.test(name) && value);
  const { stdout } = await run(program, args, {
    ...engineIdentity(),
    cwd: '/',
    env: { ...(Object.fromEntries(proxies) as Record<string, string>), ...PLAIN_ENVIRONMENT, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
