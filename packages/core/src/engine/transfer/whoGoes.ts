import type { Decision } from '../../kernel/decision.ts';
import type { Recipient } from '../../kernel/policy/policy.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { OPEN_STATUSES } from '../../kernel/request/requestStatus.ts';
import type { StoredRequest } from '../stored.ts';
import { askAboutMany } from '../subjects/askAboutMany.ts';
import type { World } from '../world.ts';
import type { BusinessTransfer, LeftOut } from './businessTransfer.ts';

export const PURPOSE = 'business-transfer';

/** What becomes of a person's data: the categories that go, or why none does. */
export type Fate = { readonly categories: readonly string[] } | { readonly leftOut: keyof LeftOut };

/** The policy's own words for what the successor may receive, sorted. */
export function transferable({ policy }: Pick<World, 'policy'>, { categories }: Recipient): string[] {
  return policy.categories
    .map(({ name }) => name)
    .filter((name) => categories.some((word) => covers(word, name)))
    .sort();
}

/** Decides on many people by what is known of them now: an objection counts up to the moment in which their data goes. */
export async function whoGoes(
  world: World,
  recipient: Recipient,
  reference: BusinessTransfer['reference'],
  subjects: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Fate>> {
  const [ask, erasing] = await Promise.all([askAboutMany(world, subjects, now), erasuresOf(world, subjects)]);
  const words = transferable(world, recipient);
  const question = { purpose: PURPOSE, recipient: recipient.name, reference };
  const fateOf = (subject: string): Fate => {
    if (erasing.has(subject)) return { leftOut: 'erasure' };
    const answers = words.map((category) => ({ category, decision: ask(subject)({ ...question, category }) }));
    const categories = answers.filter(({ decision }) => decision.outcome === 'permitted').map((one) => one.category);
    return categories.length > 0 ? { categories } : { leftOut: whyNot(answers.map(({ decision }) => decision)) };
  };
  return new Map(subjects.map((subject) => [subject, fateOf(subject)]));
}

function whyNot(decisions: readonly Decision[]): keyof LeftOut {
  const rules = new Set(decisions.flatMap(({ because }) => because.map(({ rule }) => rule)));
  if (rules.has('rights.objection')) return 'objection';
  if (rules.has('rights.restriction')) return 'restriction';
  return decisions.some(({ outcome }) => outcome === 'undetermined') ? 'undetermined' : 'other';
}

/** Who asked to be erased and confirmed it is not handed on meanwhile. */
async function erasuresOf({ service, records }: World, subjects: readonly string[]): Promise<ReadonlySet<string>> {
  const open = await records
    .collection<StoredRequest>('requests')
    .find({ service, right: 'erasure', subject: { in: subjects }, status: { in: OPEN_STATUSES } });
  return new Set(open.flatMap((request) => ('subject' in request ? [request.subject] : [])));
}
