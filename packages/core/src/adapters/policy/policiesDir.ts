import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the installed package @kept/policies, joined with a path inside. */
export function policiesDir(...inside: readonly string[]): string {
  return join(dirname(manifest()), ...inside);
}

/** Jest's module loader has no `import.meta.resolve`; `require.resolve` finds the same file. */
function manifest(): string {
  const name = '@kept/policies/package.json';
  if (typeof import.meta.resolve === 'function') return fileURLToPath(import.meta.resolve(name));
  return createRequire(import.meta.url).resolve(name);
}
