import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { median } from './ratio.ts';

const POLICIES = new URL('../policies/', import.meta.url).pathname;
const CORE = new URL('../packages/core/dist/index.js', import.meta.url).href;
const YAML = import.meta.resolve('js-yaml');
const ROUNDS = 9;
const CEILING_MS = 50;
const shared = ['categories', 'purposes', 'recipient-kinds', 'safeguards', 'rights'].map(
  (name) => `vocabulary/${name}`,
);

/** Loading and compiling each pack in a fresh process, against reading the YAML of its files and doing nothing with it. */
export async function benchLoad(): Promise<void> {
  const packs = readdirSync(POLICIES).filter((name) => existsSync(`${POLICIES}${name}/policy.yaml`));
  process.stdout.write(`\nPacks loaded and compiled, each in a fresh process (median of ${ROUNDS})\n`);
  for (const pack of packs) {
    const files = [`${pack}/policy`, `${pack}/inventory`, ...shared].map((name) => `${POLICIES}${name}.yaml`);
    const times = { nothing: [] as number[], raw: [] as number[], load: [] as number[], whole: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.nothing.push(wholeOf('0'));
      times.raw.push(timeTold(rawParse(files)));
      times.load.push(timeTold(loading(pack)));
      times.whole.push(wholeOf(loading(pack)));
    }
    const [nothing, raw, load, whole] = [times.nothing, times.raw, times.load, times.whole].map(median) as Four;
    const verdict = load <= CEILING_MS ? `within ${CEILING_MS} ms` : `above ${CEILING_MS} ms`;
    process.stdout.write(
      `  ${pack.padEnd(24)} ${ms(load)} (${verdict}), raw parse of the same files ${ms(raw)}: ${(load / raw).toFixed(2)}x; ` +
        `process with @kept/core ${ms(whole)}, node -e 0 ${ms(nothing)}\n`,
    );
  }
}

type Four = [number, number, number, number];

function rawParse(files: readonly string[]): string {
  return `
    import { readFileSync } from 'node:fs';
    import { load } from ${JSON.stringify(YAML)};
    const started = performance.now();
    for (const file of ${JSON.stringify(files)}) load(readFileSync(file, 'utf8'));
    console.log(performance.now() - started);`;
}

function loading(pack: string): string {
  return `
    import { loadPack } from ${JSON.stringify(CORE)};
    const started = performance.now();
    await loadPack(${JSON.stringify(pack)});
    console.log(performance.now() - started);`;
}

/** What a script says it took, in milliseconds. */
function timeTold(script: string): number {
  return Number(run(script));
}

/** What the process took from start to end, in milliseconds. */
function wholeOf(script: string): number {
  const started = performance.now();
  run(script);
  return performance.now() - started;
}

function run(script: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`a process ended with ${status}: ${stderr}`);
  return stdout;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
