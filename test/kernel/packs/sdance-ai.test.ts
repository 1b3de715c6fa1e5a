import { describe, expect, test } from '@jest/globals';
import { loadNotice } from '../../../packages/core/src/adapters/notice/loadNotice.ts';
import type { Question } from '../../../packages/core/src/kernel/decision.ts';
import { composeRopa } from '../../../packages/core/src/kernel/ropa/composeRopa.ts';
import { ask, clauses, policy } from '../decide/ask.ts';

const notice = JSON.stringify(await loadNotice('sdance-ai', 'en'));
const ropa = JSON.stringify(composeRopa(policy));

/** What the notice provides for, and what it provides for as little as anything else that it does not name. */
const facts: readonly [clause: string, permitted: Question, denied: Question][] = [
  [
    'sdance-ai.purpose.generation',
    { purpose: 'service.generation', category: 'generation.prompt' },
    { purpose: 'service.generation', category: 'account.contact' },
  ],
  [
    'sdance-ai.purpose.account',
    { purpose: 'service.account', category: 'account.contact' },
    { purpose: 'service.account', category: 'generation.prompt' },
  ],
  [
    'sdance-ai.purpose.api',
    { purpose: 'service.api', category: 'account.api-key' },
    { purpose: 'service.api', category: 'generation.prompt' },
  ],
  [
    'sdance-ai.purpose.safety',
    { purpose: 'safety.abuse', category: 'log.network' },
    { purpose: 'safety.abuse', category: 'support.conversation' },
  ],
  [
    'sdance-ai.purpose.legal',
    { purpose: 'legal.obligation', category: 'payment.record' },
    { purpose: 'legal.obligation', category: 'usage' },
  ],
  [
    'sdance-ai.recipient.protection',
    { purpose: 'legal.claims', category: 'log.network', recipient: 'counsel', reference: 'AG Berlin 12 C 34/26' },
    { purpose: 'legal.claims', category: 'log.network', recipient: 'counsel' },
  ],
];

describe('what the notice says of its purposes and recipients', () => {
  test.each(facts)('holds: one use is permitted, another is not (part of %s)', (clause, permitted, denied) => {
    expect(ask(permitted).outcome).toBe('permitted');
    const answer = ask(denied);
    expect([answer.outcome, clauses(answer)]).toEqual(['forbidden', expect.arrayContaining([clause])]);
  });

  test.each(facts)('stands in the generated notice and in the record of processing (part of %s)', (clause) => {
    expect(notice).toContain(clause);
    expect(ropa).toContain(clause);
  });
});

describe('who serves', () => {
  test('has a name, and gets what the notice lists for it; nobody else gets anything (part of sdance-ai.recipient.providers)', () => {
    const providers = policy.recipients.filter(({ clause }) => clause === 'sdance-ai.recipient.providers');
    expect(providers.map(({ label }) => label)).toEqual(['Creem', 'Cloudflare', 'Email delivery']);
    const contact = { purpose: 'service.payment', category: 'account.contact' };
    expect(ask({ ...contact, recipient: 'creem' }).outcome).toBe('permitted');
    expect(ask({ ...contact, recipient: 'cloudflare' }).outcome).toBe('forbidden');
    const unlisted = ask({ ...contact, recipient: 'somebody' });
    expect([unlisted.outcome, clauses(unlisted)]).toEqual([
      'forbidden',
      expect.arrayContaining(['sdance-ai.recipient.providers']),
    ]);
  });
});
