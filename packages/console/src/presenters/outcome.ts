import type { Right, StoredRequest } from '../kept.ts';

type Fulfilled = StoredRequest & { readonly status: 'fulfilled' | 'partly-fulfilled' };

const DONE: Readonly<Record<Right, string>> = {
  access: 'The package is made, and the letter says where it is. Who asked fetches it behind a link.',
  portability: 'The package is made, and the letter says where it is. Who asked fetches it behind a link.',
  erasure: 'Everything in the plan was carried out.',
  rectification: 'Every copy is corrected. Whoever got the old value is told below.',
  restriction: 'The data is stored and not used, until the restriction below is lifted.',
  objection: 'What was upheld has stopped for good. What was overridden goes on once the person was told.',
  'withdraw-consent': 'It is heeded from now on, in every use of the data.',
  'optout-training': 'It is heeded from now on, in every use of the data.',
  'optout-marketing': 'It is heeded from now on, in every use of the data.',
  'optout-sale': 'It is heeded from now on, in every use of the data.',
  complaint: 'The person is told the outcome in writing, and who else hears them.',
  appeal: 'The person is told the outcome in writing, and who else hears them.',
};

const NEXT: Partial<Readonly<Record<Right, string>>> = {
  erasure:
    'What a hold kept comes back here once it is lifted. Files that a store did not let go are tried again with each sweep.',
  access: 'What is in the package is with the person; the letter names what is missing.',
  portability: 'What is in the package is with the person; the letter names what is missing.',
  rectification: 'What is left is corrected by hand, and said in the ticket.',
};

/** How a request that was carried out ended, and what comes of it. */
export function outcomeOf(request: Fulfilled, hasReceipt = false): string {
  const { right, report, answerSentAt, test } = request;
  if (test) return 'A test: nothing was changed, and its letters went to whoever opened it.';
  if (request.status === 'partly-fulfilled' && wasLeft(request)) {
    return 'What is listed here stays as it is: nothing looks for it any more, and the evidence says why.';
  }
  if (request.status === 'partly-fulfilled') return NEXT[right] ?? 'The person is told what is missing.';
  const done = report === 'pictured' ? 'It is carried out, and whoever reported it is told.' : DONE[right];
  if (hasReceipt) return `${done} A signed receipt went with the answer.`;
  return answerSentAt ? done : `${done} A signed receipt goes with the answer.`;
}

/** What the second look had found, and by what the person was known is forgotten. */
function wasLeft({ residue, captured, answerSentAt }: Fulfilled): boolean {
  return (residue?.found ?? 0) > 0 && captured === undefined && answerSentAt !== undefined;
}
