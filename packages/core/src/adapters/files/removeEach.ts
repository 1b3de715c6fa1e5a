import type { RemovedFile } from '../../engine/ports/edges.ts';
import { KeptError } from '../../kernel/keptError.ts';

const DENIALS = new Set(['EACCES', 'EPERM', 'EROFS']);

/** Removes files one by one; what hinders one is its own answer and hinders no other. `remove` answers whether it was there. */
export async function removeEach(
  keys: readonly string[],
  remove: (key: string) => Promise<boolean>,
): Promise<RemovedFile[]> {
  const removed: RemovedFile[] = [];
  for (const key of keys) {
    removed.push(
      await remove(key).then(
        (was): RemovedFile => ({ key, state: was ? 'gone' : 'absent' }),
        (error: unknown) => notRemoved(key, error),
      ),
    );
  }
  return removed;
}

/** The answer for a file whose removal threw. */
export function notRemoved(key: string, error: unknown): RemovedFile {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return { key, state: 'failed' };
  return { key, state: DENIALS.has(code) && !(error instanceof KeptError) ? 'denied' : 'failed', code };
}
