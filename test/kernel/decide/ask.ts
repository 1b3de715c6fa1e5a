import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { decide } from '../../../packages/core/src/kernel/decide/decide.ts';
import type { Decision, Facts, Question } from '../../../packages/core/src/kernel/decision.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';

export const policy: Policy = await loadPack('sdance-ai');
export const NOW: Date = new Date('2026-03-02T12:00:00Z');
const nobody: Facts = { consents: [], objections: [], restricted: false, held: false };

/** Asks the pack sdance-ai about somebody who said nothing, but for the facts given. */
export function ask(question: Question, facts: Partial<Facts> = {}, pack: Policy = policy, now: Date = NOW): Decision {
  return decide(pack, { ...nobody, ...facts }, question, now);
}

export function clauses(decision: Decision): string[] {
  return decision.because.map((reason) => reason.clause);
}

/** A prompt on its way to the model provider. */
export const toModel: Question = {
  purpose: 'service.generation',
  category: 'generation.prompt',
  recipient: 'fal-ai',
  generation: 'g1',
};
