import type { Recognition } from './classify.ts';

const OWN_WORDS = /\b(?:my|me|mine|myself|i|our|us|we)\b/i;

/**
 * Whether the words by which a right was recognised are about the writer ("delete my data"), and not only about somebody
 * named ("delete the data of …"). Where the language is not known the writer is always meant too: nothing is lost by asking.
 */
export function speaksOfSelf({ rights, language }: Pick<Recognition, 'rights' | 'language'>): boolean {
  return language !== 'en' || rights.some(({ evidence }) => OWN_WORDS.test(evidence));
}
