import type { FileRef } from './stored.ts';

/** One text for a file in its store, to compare by. */
export function fileName({ store, key }: FileRef): string {
  return `${store}\n${key}`;
}

/** Each file once. */
export function distinctFiles(files: readonly FileRef[]): FileRef[] {
  return [...new Map(files.map((file) => [fileName(file), file])).values()];
}
