import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export const ROOT: string = path.resolve(import.meta.dirname, '../..');

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.tmp', '.kept', 'coverage']);

/** Files of the project below a folder, by their endings, as paths from the root. */
export function filesBelow(folder: string, endings: readonly string[]): string[] {
  const found: string[] = [];
  const walk = (at: string): void => {
    for (const name of readdirSync(path.join(ROOT, at))) {
      if (SKIPPED.has(name)) continue;
      const file = path.join(at, name);
      if (statSync(path.join(ROOT, file)).isDirectory()) walk(file);
      else if (endings.some((ending) => name.endsWith(ending))) found.push(file);
    }
  };
  walk(folder);
  return found;
}

export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** What a source imports, static or dynamic, types included. */
export function importsOf(file: string): string[] {
  const text = read(file);
  const statements = text.matchAll(
    /^(?:import|export)\b[^;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}

/** An import as a path from the root, where it names a file of the project. */
export function resolved(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? path.join(path.dirname(file), specifier) : undefined;
}
