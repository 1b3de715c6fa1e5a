import { existsSync } from 'node:fs';
import path from 'node:path';

/** A file or folder of this package, whether its sources run or what was built of them. */
export function packageFile(...inside: readonly string[]): string {
  return path.join(home, ...inside);
}

const home = homeOf(import.meta.dirname);

function homeOf(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : homeOf(path.dirname(folder));
}
