import type { StoredRequest } from '../engine/stored.ts';
import type { World } from '../engine/world.ts';

/** What was decided on a request, a sentence each, as the letter says it; nothing before that letter was written. */
export function decisionInWords({ policy }: World, request: StoredRequest): string[] {
  const decision = 'decision' in request && request.answerSentAt ? request.decision : undefined;
  if (!decision || 'report' in decision) return [];
  switch (decision.right) {
    case 'complaint':
    case 'appeal':
      return [decision.outcome === 'upheld' ? 'You were right.' : 'We do not share your view.', decision.reason];
    case 'objection':
      return decision.balances.map(({ purpose, outcome, reasons, article }) => {
        const label = policy.purposes.find(({ name }) => name === purpose)?.label ?? purpose;
        return outcome === 'upheld' ? `${label}: it has stopped.` : `${label}: it goes on. ${reasons} (${article})`;
      });
    case 'rectification':
      return [];
  }
}
