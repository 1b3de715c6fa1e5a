import { KeptError } from '../../kernel/keptError.ts';

/** Names no key: it may be made of somebody's name. */
export function fileDenied(): KeptError {
  return new KeptError('FILE_DENIED', 'The store does not let us have this file.', {
    place: 'files',
    remedy: 'Give the account with which Kept comes to the store the right to read it.',
  });
}
