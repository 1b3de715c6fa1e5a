import { KeptError } from '../../kernel/keptError.ts';

/** Names no key: it may be made of somebody's name. */
export function fileNotFound(): KeptError {
  return new KeptError('FILE_NOT_FOUND', 'There is no such file.', {
    place: 'files',
    remedy: 'It was removed, or never finished. Ask `has` first.',
  });
}
