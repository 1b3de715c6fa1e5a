import { KeptError } from '../../kernel/keptError.ts';

/**
 * Answers a file key that is a plain relative path, such as `generations/ab/cd.mp4`, and throws FILE_KEY_INVALID for any
 * other: keys come out of the database, and one that climbs out of the store would remove what is not ours.
 */
export function safeKey(key: string): string {
  if (isSafeKey(key)) return key;
  throw invalidKey();
}

export function isSafeKey(key: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  const isPlain = typeof key === 'string' && key.length <= 1024 && !/[\u0000-\u001f\u007f\\]|^[A-Za-z]:/.test(key);
  return isPlain && key.split('/').every((part) => part !== '' && !part.startsWith('.') && part.length <= 200);
}

/** The key itself stays out of the message: it may be made of somebody's name. */
export function invalidKey(): KeptError {
  return new KeptError('FILE_KEY_INVALID', 'That is no key of a file in this store.', {
    place: 'files',
    remedy: 'Keys are relative paths without `..`, hidden parts, backslashes and links that lead out of the store.',
  });
}
