import type { Decision } from '../../kernel/decision.ts';
import type { Listed } from '../../kernel/egress/listedLeaves.ts';
import { askAbout, factsUnknown } from '../subjects/askAbout.ts';
import type { World } from '../world.ts';
import type { Destination } from './destination.ts';
import type { EgressRefused } from './egressRefused.ts';

/** What the policy says of one category to this destination. */
export type AskOf = (category: string) => Decision;

/** Why something does not leave. */
export type Refusal = Pick<EgressRefused, 'outcome' | 'because' | 'missing'>;

/** What a rule of the inventory says against it. */
export function forbiddenBy(rule: string, clause: string, text: string): Refusal {
  return { outcome: 'forbidden', because: [{ rule, clause, text }], missing: [] };
}

/** What is known of the person could not be loaded: undetermined, and for a gate that is a no. */
export const unknownPerson: Refusal = {
  outcome: 'undetermined',
  because: factsUnknown.because,
  missing: factsUnknown.missing,
};

/** Facts are loaded once; the recipient, its purpose and what asks for it are the same for all categories. */
export async function askOf(world: World, to: Destination): Promise<AskOf> {
  const { subject, collected, name, generation, reference } = to;
  const ask = await askAbout(world, { subject, ...(collected && { collected }) });
  const purpose = to.purpose ?? world.policy.purposes[0]?.name ?? '';
  return (category) =>
    ask({ purpose, category, recipient: name, ...(generation && { generation }), ...(reference && { reference }) });
}

/** What speaks against it, in this order: the recipient, the categories, what is not listed. */
export function refusalOf(world: World, to: Destination, listed: Listed, ask: AskOf): Refusal | undefined {
  const { recipient, rule } = to;
  if (recipient === undefined) {
    const text = 'the recipient is not listed';
    return against([ask(world.policy.categories[0]?.name ?? '')]) ?? forbiddenBy('recipients', '', text);
  }
  const place = `inventory.egress.${recipient.name}`;
  if (rule === undefined)
    return forbiddenBy(place, recipient.clause, `nothing is listed that may leave to ${recipient.label}`);

  // Where a body holds nothing that is listed, it is still asked whether this recipient gets anything at all.
  const categories =
    listed.leaves.length > 0 ? categoriesOf(listed) : rule.fields.slice(0, 1).map((each) => each.category);
  const noes = against(categories.map(ask));
  if (noes !== undefined || rule.onUnlisted === 'strip' || listed.unlisted === 0) return noes;
  return forbiddenBy(place, recipient.clause, `${listed.unlisted} fields are not listed for ${recipient.label}`);
}

export function categoriesOf({ leaves }: Listed): string[] {
  return [...new Set(leaves.map(({ field }) => field.category))].sort();
}

/** The reasons of all that is not permitted among these; undefined where all is. */
function against(decisions: readonly Decision[]): Refusal | undefined {
  const noes = decisions.filter(({ outcome }) => outcome !== 'permitted');
  if (noes.length === 0) return undefined;
  const reasons = noes.flatMap(({ because }) => because);
  return {
    outcome: noes.some(({ outcome }) => outcome === 'forbidden') ? 'forbidden' : 'undetermined',
    because: [...new Map(reasons.map((each) => [`${each.rule}\n${each.clause}\n${each.text}`, each])).values()],
    missing: [...new Set(noes.flatMap(({ missing }) => missing))].sort(),
  };
}
