import { personalMarks } from '../../kernel/egress/personalMarks.ts';
import type { Sought } from '../../kernel/egress/personalSpans.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { cardNumbersIn } from '../../kernel/sensitive/cardNumbersIn.ts';
import { secretsIn } from '../../kernel/sensitive/secretsIn.ts';
import { reportUnknown } from '../subjects/askAbout.ts';
import type { World } from '../world.ts';
import type { Destination } from './destination.ts';
import { type AskOf, type Refusal, unknownPerson } from './judge.ts';

const nobody: Refusal = {
  outcome: 'undetermined',
  because: [{ rule: 'facts', clause: '', text: 'the host has nobody under this key' }],
  missing: ['subject'],
};

/**
 * What must not stand in anything that leaves to this recipient: the person's account and billing values, but those of
 * categories that it may have, card numbers, and keys. A refusal where the host's database does not tell them.
 */
export async function soughtFor(
  world: World,
  { subject, recipient }: Destination,
  ask: AskOf,
): Promise<Sought | Refusal> {
  const mayHave = (category: string): boolean =>
    (recipient?.categories ?? []).some((word) => covers(word, category)) && ask(category).outcome === 'permitted';
  try {
    const values = await world.data.ownValues(subject);
    // Of somebody whom the host does not have nothing could be recognised.
    if (!(await world.data.exists(subject))) return nobody;
    const prefixes = (world.policy.inventory.secrets ?? []).map(({ prefix }) => prefix);
    return {
      marks: personalMarks(values.filter(({ category }) => !mayHave(category))),
      allowed: personalMarks(values.filter(({ category }) => mayHave(category))),
      finder: (text) => [
        ...cardNumbersIn(text).map(({ start, end }) => ({ start, end, path: 'card number' })),
        ...secretsIn(text, prefixes).map(({ start, end, kind }) => ({ start, end, path: `secret ${kind}` })),
      ],
    };
  } catch (error) {
    await reportUnknown(world, error, world.clock.now());
    return unknownPerson;
  }
}
