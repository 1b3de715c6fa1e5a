import type { Question } from '../decision.ts';
import { KeptError } from '../keptError.ts';

/** QUESTION_INVALID: a word that the vocabulary does not have. */
export function questionInvalid(what: string, word: string, remedy: string): KeptError {
  return new KeptError('QUESTION_INVALID', `Unknown ${what} "${String(word).slice(0, 100)}"`, { place: what, remedy });
}

const texts = ['purpose', 'category', 'recipient', 'viewer', 'generation', 'reference'] as const;

/**
 * Refuses what is no question: from JavaScript, or from a request's body, anything can come.
 * @throws KeptError QUESTION_INVALID for a part that is no text, an unknown viewer, and a group that is no whole number
 */
export function demandQuestion(question: Question): void {
  for (const part of texts) {
    const value: unknown = question[part];
    if (value !== undefined && typeof value !== 'string') throw notA('text', part);
  }
  const { group, viewer } = question;
  if (viewer !== undefined && !/^(owner|public|link|staff:.*)$/s.test(viewer)) {
    throw questionInvalid('viewer', viewer, 'use one of: owner, public, link, staff:PURPOSE');
  }
  if (group !== undefined && !(Number.isSafeInteger(group) && group >= 0))
    throw notA('whole number of people', 'group');
}

function notA(kind: string, place: string): KeptError {
  return new KeptError('QUESTION_INVALID', `The ${place} of a question is a ${kind}`, {
    place,
    remedy: `Hand over a ${kind}, or leave it out.`,
  });
}
