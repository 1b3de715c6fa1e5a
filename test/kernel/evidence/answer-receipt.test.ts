import { describe, expect, test } from '@jest/globals';
import { type AnswerReceipt, answerFaults } from '../../../packages/core/src/kernel/evidence/answerReceipt.ts';
import { answer } from './scene.ts';

const { request: _, ...nobodys } = answer;
const refused: AnswerReceipt = {
  ...answer,
  outcome: 'refused',
  claims: [{ what: 'refused', article: 'Article 12(5) GDPR' }],
  missing: [],
};

describe('the receipt of an answer, as a statement', () => {
  test('is sound when its claims bear out how it ended', () =>
    expect([answerFaults(answer), answerFaults(refused)]).toEqual([[], []]));

  test.each<[string, AnswerReceipt]>([
    ['a refusal without its article', { ...refused, claims: answer.claims }],
    ['a refusal that calls itself fulfilled', { ...refused, outcome: 'fulfilled' }],
    ['something that is missing, passed over in silence', { ...answer, missing: [] }],
    ['something missing of what is called fulfilled', { ...answer, outcome: 'fulfilled' }],
    ['an end of a restriction that is not said', { ...nobodys, outcome: 'lifted', missing: [] }],
    ['no request that it answers', nobodys],
    ['nothing to say', { ...answer, outcome: 'fulfilled', missing: [], claims: [] }],
    ['a count below zero', { ...answer, claims: [{ what: 'taken-down', article: 'a', records: -1 }] }],
    ['another format', { ...answer, format: 'kept-answer/2' as 'kept-answer/1' }],
  ])('is unsound with %s', (_title, unsound) => expect(answerFaults(unsound)).toHaveLength(1));
});
