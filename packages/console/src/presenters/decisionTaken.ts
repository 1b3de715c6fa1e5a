import type { PlannedCorrection, StoredRequest } from '../kept.ts';
import { type PlannedLine, presentPlanned } from './corrections.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';

/** What a colleague decided, and why: what the person reads of it, and what they do not. */
export interface DecisionModel {
  readonly by: string;
  readonly at: When;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  readonly corrections: readonly PlannedLine[];
}

/** Undefined where nothing was weighed. */
export function presentDecision(request: StoredRequest, desk: Desk): DecisionModel | undefined {
  if (!('decision' in request) || !request.decision) return undefined;
  const { decision } = request;
  const signed = { by: desk.nameOf(decision.by), at: desk.when(decision.at) };
  if ('report' in decision) {
    const outcome = decision.outcome === 'takedown' ? 'Taken down' : `Covered in ${decision.faces?.length ?? 0} parts`;
    const lines = [line('Outcome', outcome), line('Under', decision.article)];
    return { ...signed, lines, corrections: [] };
  }
  switch (decision.right) {
    case 'complaint':
    case 'appeal': {
      const outcome = decision.outcome === 'upheld' ? 'Upheld' : 'Rejected';
      return { ...signed, lines: [line('Outcome', outcome), line('Reason', decision.reason)], corrections: [] };
    }
    case 'objection': {
      const label = (name: string) => desk.kept.policy.purposes.find((each) => each.name === name)?.label ?? name;
      const lines = decision.balances.flatMap(({ purpose, outcome, interests, reasons, article }) => [
        line(label(purpose), `${outcome === 'upheld' ? 'Stopped for good' : 'Goes on'}, ${article}`),
        line('Our interests', interests),
        line('Why', reasons),
      ]);
      return { ...signed, lines, corrections: [] };
    }
    case 'rectification': {
      const { corrections, statements = [] } = decision;
      const planned = corrections.filter((each): each is PlannedCorrection => 'places' in each);
      const lines = statements.map(({ collection, field, text }) => line(`Beside ${collection}.${field}`, text));
      return { ...signed, lines, corrections: planned.map(presentPlanned) };
    }
  }
}

function line(label: string, text: string): { label: string; text: string } {
  return { label, text };
}
