import path from 'node:path';

/** Where the programs of an unpacked engine are. */
export function programFolder(engine: string): string {
  return path.join(engine, 'usr/lib/postgresql/18/bin');
}
