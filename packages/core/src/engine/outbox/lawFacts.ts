import type { ClockKind, Regime, Term } from '../../kernel/clock/regime.ts';
import type { Sourced } from '../../kernel/clock/sourced.ts';
import type { Right } from '../../kernel/decision.ts';
import type { LawFacts } from '../ports/letterModels.ts';

/** What a letter may say of a law. An article that nobody read is not cited to people, and what we chose is no law. */
export function lawFacts(regime: Regime, { right, kind }: { right: Right; kind: ClockKind }): LawFacts {
  const { appeal, complaint } = regime.rights;
  const term: Term | undefined = regime[kind];
  const extension = (term?.byRight?.[right] ?? term)?.extend;
  const record = regime.records.find(({ id }) => id === 'requests');
  return {
    gdpr: regime.id === 'eu-gdpr',
    extension: extension ? cited(extension, regime) : null,
    record: record ? cited(record, regime) : null,
    appeal: byLaw(appeal) ? { article: cited(appeal, regime) } : null,
    // A law with a clock for complaints has them answered by us; under the others an authority hears them.
    authority: regime.authority?.name ?? null,
    complaint: byLaw(complaint) ? { toUs: regime.complaint !== undefined, article: cited(complaint, regime) } : null,
  };
}

function byLaw(value: Sourced | undefined): value is Sourced {
  return value !== undefined && value.from !== 'operator';
}

function cited(value: Sourced, { name }: Regime): string | null {
  return byLaw(value) && !value.unverified ? `${value.article}, ${name}` : null;
}
