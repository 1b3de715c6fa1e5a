import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadPhrases } from '../../packages/core/src/adapters/policy/loadPhrases.ts';
import { asksIn } from '../../packages/core/src/kernel/classify/asksIn.ts';
import type { Phrases } from '../../packages/core/src/kernel/classify/phrases.ts';
import type { Right } from '../../packages/core/src/kernel/classify/right.ts';

let phrases: Phrases;

beforeAll(async () => {
  phrases = await loadPhrases('en');
});

const asks = (right: Right, text: string): unknown => asksIn({ subjectLine: '', text }, right, phrases);

describe('what a mail names narrows its request', () => {
  test.each([
    ['I object to the processing of my data for analytics.', ['analytics']],
    ['I object to you using my data to improve your service, and to profiling.', ['analytics', 'improvement']],
    ['I object to the processing of my personal data.', undefined],
    ['I love your marketing. I object to being tracked by analytics.', ['analytics']],
    ['I object to the processing of my data for marketing.', ['marketing', 'communication.announcement']],
  ])('an objection: %s', (text, purposes) => {
    expect(asks('objection', text)).toEqual(purposes && { purposes });
  });

  test.each([
    ['I withdraw my consent to training on my videos.', ['training']],
    ['I withdraw my consent.', undefined],
    ['I hereby revoke my consent for analytics cookies.', ['analytics']],
  ])('a withdrawal: %s', (text, purposes) => {
    expect(asks('withdraw-consent', text)).toEqual(purposes && { purposes });
  });

  test.each([
    ['Please restrict processing of my data. The birth year you hold is wrong.', 'accuracy-contested'],
    ['Restrict the processing of my data, I need it for a lawsuit.', 'needed-for-claims'],
    ['You process my data unlawfully. Do not delete it, restrict its processing.', 'unlawful'],
    ['Please restrict processing of my data until my objection is decided.', 'objection-pending'],
    ['Please restrict processing of my data.', undefined],
    ['Restrict the use of my data: it is wrong, and my lawyer needs it.', undefined],
  ])('a restriction: %s', (text, ground) => {
    expect(asks('restriction', text)).toEqual(ground && { ground });
  });

  test('a quotation names nothing, and no other right is narrowed', () => {
    expect(asks('objection', 'I object to the processing of my data.\n\n> we use it for analytics')).toBeUndefined();
    expect(asks('erasure', 'Delete my analytics data.')).toBeUndefined();
  });
});
