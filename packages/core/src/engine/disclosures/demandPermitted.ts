import type { Decision } from '../../kernel/decision.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { raiseFinding } from '../findings/findings.ts';
import { askAbout } from '../subjects/askAbout.ts';
import type { World } from '../world.ts';
import type { DisclosureScope } from './disclosureProposal.ts';

/** The policy speaks before people do. Throws DISCLOSURE_REFUSED with the rules that speak against it, and QUESTION_INVALID. */
export async function demandPermitted(world: World, scope: DisclosureScope, now: Date): Promise<void> {
  const { categories, subject, recipient, purpose, reference } = scope;
  const ask = await askAbout(world, { subject });
  const against = categories
    .map((category) => ask({ recipient, purpose, reference, category }))
    .filter(({ outcome }) => outcome !== 'permitted');
  if (against.length === 0) return;

  const place = `recipients.${recipient}`;
  if (against.some(({ outcome }) => outcome === 'undetermined')) {
    const text = 'A disclosure was refused because a fact that decides on it is not known.';
    const about = `${recipient}:${purpose}`;
    await raiseFinding(world, { code: 'DISCLOSURE_UNDETERMINED', about, severity: 'warning', text, place }, now);
  }
  throw new KeptError('DISCLOSURE_REFUSED', 'The policy does not permit this disclosure', {
    place,
    remedy: `Against it: ${spoken(against).join(', ')}.`,
  });
}

function spoken(decisions: readonly Decision[]): string[] {
  const rules = decisions.flatMap(({ because }) =>
    because.map(({ rule, clause }) => (clause ? `${rule} (${clause})` : rule)),
  );
  const missing = decisions.flatMap((decision) => decision.missing.map((fact) => `${fact} is not known`));
  return [...new Set([...rules, ...missing])].sort();
}
