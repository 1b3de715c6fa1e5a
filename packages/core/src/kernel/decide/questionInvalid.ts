import { KeptError } from '../keptError.ts';

/** QUESTION_INVALID: a word that the vocabulary does not have. */
export function questionInvalid(what: string, word: string, remedy: string): KeptError {
  return new KeptError('QUESTION_INVALID', `Unknown ${what} "${word}"`, { place: what, remedy });
}
