import { spawn } from 'node:child_process';

/** Runs this same command in a process of its own, as a person would, and answers its exit and what it printed. */
export async function runSelf(args: readonly string[]): Promise<{ code: number; output: string }> {
  const main = process.argv[1] ?? '';
  const child = spawn(process.execPath, [...process.execArgv, main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  return { code, output: output.trim() };
}
