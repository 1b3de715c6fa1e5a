import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { policiesDir } from './policiesDir.ts';

/** The folder of a pack: one of @kept/policies by its name, or else a path. What looks like a path is never a name. */
export function packDir(nameOrDir: string): string {
  const isName = !isAbsolute(nameOrDir) && !/[\\/]|^\.+$/.test(nameOrDir) && existsSync(policiesDir(nameOrDir));
  return isName ? policiesDir(nameOrDir) : resolve(nameOrDir);
}
