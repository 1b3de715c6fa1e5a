import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { FindOptions, LocalDatabase } from './find.ts';
import { runMongod } from './runMongod.ts';

/** Starts the mongod that the PATH names. */
export async function startMongod(options: FindOptions & { fresh: boolean }): Promise<Omit<LocalDatabase, 'kind'>> {
  const program = await onPath('mongod', (options.env ?? process.env).PATH ?? '');
  if (!program) throw new Error('no mongod on the PATH');
  return runMongod(program, 'mongod of the PATH', options);
}

async function onPath(name: string, searchPath: string): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    const candidate = path.join(folder, file);
    const isProgram = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isProgram) return candidate;
  }
  return undefined;
}
