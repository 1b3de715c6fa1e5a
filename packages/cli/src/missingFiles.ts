import { type FileStore, KeptError } from '@kept/core';

/** Stands for a store whose place nobody named: whoever only reads cases never notices, whoever removes files is stopped. */
export function missingFiles(name: string): FileStore {
  const refuse = async (): Promise<never> => {
    throw filesMissing(name);
  };
  return { kind: 'missing', encrypted: true, has: refuse, size: refuse, read: refuse, remove: refuse };
}

/** FILE_STORE_MISSING */
export function filesMissing(name: string): KeptError {
  return new KeptError('FILE_STORE_MISSING', `Nobody said where the files of "${name}" lie`, {
    place: 'KEPT_FILES',
    remedy: `Set KEPT_FILES=${name}=/path/to/its/folder.`,
  });
}
