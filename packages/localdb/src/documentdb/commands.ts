import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { engineIdentity, type Identity } from './folders.ts';

const execute = promisify(execFile);

/** A small, fixed environment: neither secrets nor locale of the caller reach the engine. */
export const PLAIN_ENVIRONMENT: Record<string, string> = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Runs a program under the engine's identity and returns what it wrote. */
export function runAsEngine(program: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  return run(engineIdentity(), program, args, env);
}

/** Runs a program under our own identity. */
export function runAsSelf(program: string, args: string[]): Promise<string> {
  return run({}, program, args, {});
}

async function run(identity: Identity, program: string, args: string[], env: Record<string, string>): Promise<string> {
  const { stdout } = await execute(program, args, {
    ...identity,
    cwd: '/',
    env: { ...proxies(), ...PLAIN_ENVIRONMENT, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

function proxies(): Record<string, string> {
  const named = Object.entries(process.env).filter(([name]) => /^(https?|no|all)_proxy$/i.test(name));
  return Object.fromEntries(named.filter((pair): pair is [string, string] => Boolean(pair[1])));
}
