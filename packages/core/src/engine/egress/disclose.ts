import type { Listed } from '../../kernel/egress/listedLeaves.ts';
import { isKeptError } from '../../kernel/keptError.ts';
import { demandApproved } from '../disclosures/demandApproved.ts';
import type { Withheld } from '../keptEgress.ts';
import type { World } from '../world.ts';
import type { CleanLeaf } from './cleanLeaf.ts';
import type { Destination } from './destination.ts';
import { recordDisclosure, recordRefusal } from './disclosures.ts';
import { EgressRefused } from './egressRefused.ts';
import { type AskOf, askOf, categoriesOf, forbiddenBy, type Refusal, refusalOf } from './judge.ts';

/**
 * Answers what may leave of what a body holds, once that it does is on record. A no is put on record as well, and thrown:
 * EGRESS_REFUSED. `clean` takes out what is personal, or refuses.
 */
export async function disclose(
  world: World,
  to: Destination,
  listed: Listed,
  clean: (ask: AskOf) => Promise<readonly CleanLeaf[] | Refusal>,
): Promise<readonly CleanLeaf[]> {
  const now = world.clock.now();
  const categories = categoriesOf(listed);
  const unlisted = await unlistedIn(world, listed);
  const refused = async (refusal: Refusal, personal: readonly string[] = []): Promise<EgressRefused> => {
    const withheld = { ...unlisted, personal, media: [] };
    await recordRefusal(world, to, { categories, fields: [], withheld }, refusal, now);
    return new EgressRefused(to.recipient ? `recipients.${to.recipient.name}` : 'recipients', refusal);
  };

  const ask = await askOf(world, to);
  const refusal = refusalOf(world, to, listed, ask);
  if (refusal !== undefined) throw await refused(refusal);
  const leaves = await clean(ask);
  if ('outcome' in leaves) throw await refused(leaves);
  const personal = distinct(leaves.flatMap((leaf) => leaf.personal));
  if (personal.length > 0 && to.rule?.onPersonal === 'refuse') {
    const text = 'account or billing values stand in what was to leave';
    const { name = '', clause = '', limitedBy = clause } = to.recipient ?? {};
    throw await refused(forbiddenBy(`inventory.egress.${name}`, limitedBy, text), personal);
  }

  const id = `disclosure-${world.crypto.newId()}`;
  const unsigned = await approvalFault(world, to, categories, id, now);
  if (unsigned !== undefined) throw await refused(unsigned);
  const fields = distinct(leaves.flatMap(({ field, value }) => (value === undefined ? [] : [field.path])));
  const withheld = { ...unlisted, personal, media: distinct(leaves.flatMap(({ media }) => media)) };
  if (leaves.length > 0 || unlisted.unlisted > 0) {
    await recordDisclosure(world, id, to, { categories, fields, withheld }, now);
  }
  return leaves;
}

async function unlistedIn(
  world: World,
  { unlisted, names }: Listed,
): Promise<Pick<Withheld, 'unlisted' | 'unlistedNames'>> {
  if (unlisted === 0) return { unlisted };
  return { unlisted, unlistedNames: (await world.keys.mac('egress', names.join('\n'))).slice(0, 32) };
}

/** What authorities, counsel and successors get, two people have signed for. */
async function approvalFault(
  world: World,
  to: Destination,
  categories: readonly string[],
  disclosure: string,
  now: Date,
): Promise<Refusal | undefined> {
  const { recipient, subject, purpose = '', reference = '', approval } = to;
  if (!recipient?.needs.includes('legal-reference')) return undefined;
  const scope = { recipient: recipient.name, subject, categories, purpose, reference };
  try {
    await demandApproved(world, { ...scope, approval, disclosure }, now);
    return undefined;
  } catch (error) {
    if (!isKeptError(error) || error.code !== 'DISCLOSURE_REFUSED') throw error;
    return forbiddenBy(`recipients.${recipient.name}`, recipient.clause, error.message);
  }
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}
