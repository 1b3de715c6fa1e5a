import { KeptError } from '../../kernel/keptError.ts';

/** Throws FILES_NOT_ENCRYPTED in production for a store that nobody declared encrypted at rest. */
export function requireEncryption(kind: string, encrypted: boolean): void {
  if (encrypted || process.env.NODE_ENV !== 'production') return;
  throw new KeptError('FILES_NOT_ENCRYPTED', 'Files would lie unencrypted on a disk.', {
    place: `files, ${kind}`,
    remedy: 'Put them on an encrypted volume and declare it with `encrypted: true`.',
  });
}
