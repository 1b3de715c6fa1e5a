import { covers, type Vocabulary } from '../policy/vocabulary.ts';

/** Whether a purpose is direct marketing, by what the vocabulary says of it or of a word above it: no balance is struck there (Art 21(2) and (3) GDPR). */
export function isMarketing({ purposes }: Vocabulary, purpose: string): boolean {
  return purposes.some(({ name, dpv }) => covers(name, purpose) && dpv.includes('dpv:DirectMarketing'));
}
