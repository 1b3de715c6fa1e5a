import { KeptError } from '../../kernel/keptError.ts';

const PLACE = 'media';

/** MEDIA_REFUSED: a file, or something in it, that we cannot clean. It is never passed on as it is. */
export function mediaRefused(message: string, remedy: string): KeptError {
  return new KeptError('MEDIA_REFUSED', message, { place: PLACE, remedy });
}

/** MEDIA_INVALID: the file ends too early, or its lengths and tables contradict each other. */
export function mediaInvalid(message: string): KeptError {
  return new KeptError('MEDIA_INVALID', message, {
    place: PLACE,
    remedy: 'Export the file again, or ask for another one; nothing of a broken file is to be passed on.',
  });
}

/** MEDIA_TOO_LARGE_INVALID: more would have to be held in memory than was allowed. */
export function mediaTooLarge(limit: number): KeptError {
  return new KeptError('MEDIA_TOO_LARGE_INVALID', `Cleaning this file means holding more than ${limit} bytes of it.`, {
    place: PLACE,
    remedy:
      'Let films begin with their index (moov before mdat), hand in the index of a stored film (`movieIndexOf`), or raise `holdAtMost`.',
  });
}
