import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

const MAIN = new URL('../../packages/cli/src/main.ts', import.meta.url).pathname;
const NODE = ['--conditions=@kept/source', '--disable-warning=ExperimentalWarning'];

/** Starts the program itself in a process of its own; nothing of our environment but what is given and needed to run. */
export function start(
  argv: readonly string[],
  env: Record<string, string> = {},
  cwd?: string,
): ChildProcessWithoutNullStreams {
  const { PATH = '' } = process.env;
  return spawn(process.execPath, [...NODE, MAIN, ...argv], { cwd, env: { PATH, ...env } });
}

/** Runs the program to its end. */
export async function finished(
  child: ChildProcessWithoutNullStreams,
  stdin?: string,
): Promise<{ code: number | null; out: string; err: string }> {
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdin.end(stdin);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}
