import type { Right } from '../classify/right.ts';

/** Rights that nobody weighs, and nobody may refuse to somebody who is known (Art 21(3), Art 7(3) GDPR). */
export function isAbsolute(right: Right): boolean {
  return right === 'optout-marketing' || right === 'withdraw-consent';
}
