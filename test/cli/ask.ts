import { run } from '../../packages/cli/src/run.ts';
import { type Clock, settableClock } from '../../packages/core/src/index.ts';

export interface Asked {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The document on standard output; fails where there is anything else. */
  json<T = Record<string, unknown>>(): T;
}

export interface Around {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: Uint8Array | string;
  readonly now?: Date;
  readonly stopped?: Promise<void>;
}

/** Asks the command as a function, in a world of its own. */
export async function ask(argv: readonly string[], around: Around = {}): Promise<Asked> {
  const { env = {}, cwd = process.cwd(), stdin, stopped = Promise.resolve() } = around;
  const clock: Clock = settableClock(around.now ?? new Date('2026-03-03T08:00:00Z'));
  let out = '';
  let err = '';
  const code = await run(argv, {
    env,
    cwd,
    colour: false,
    clock,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdin: async () => (stdin === undefined ? undefined : Buffer.from(stdin)),
    stopped: () => stopped,
  });
  return { code, out, err, json: () => JSON.parse(out) };
}

/** Words of a line, as a shell would part them; no quotes. */
export function words(line: string): string[] {
  return line.split(' ').filter(Boolean);
}
