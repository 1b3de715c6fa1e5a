import { egressInvalid } from '../../kernel/egress/egressInvalid.ts';
import { plainScalar } from '../../kernel/egress/plainValue.ts';
import type { EgressRule } from '../../kernel/policy/egressRule.ts';
import type { Recipient } from '../../kernel/policy/policy.ts';
import { demandText } from '../demandText.ts';
import type { Occasion } from '../keptEgress.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';

/** Who is to receive something, on whose behalf and what for, as far as policy and inventory know. */
export interface Destination extends Occasion {
  readonly name: string;
  readonly recipient?: Recipient;
  readonly rule?: EgressRule;
}

const LONGEST = 200;

/** Throws INPUT_INVALID, SUBJECT_INVALID, EGRESS_INVALID for what is no text, too long, or no date. */
export function destinationOf(world: World, wanted: string, occasion: Occasion): Destination {
  const name = demandText(wanted, 'recipient', LONGEST);
  demandSubject((occasion as Occasion | undefined)?.subject);
  const { subject, collected } = occasion;
  const recipient = world.policy.recipients.find((each) => each.name === name);
  const rule = world.policy.inventory.egress?.find((each) => each.recipient === recipient?.name);
  if (collected !== undefined && !(plainScalar(collected) instanceof Date)) {
    throw egressInvalid('collected', 'It is not said when the data was collected', 'Hand over a Date, or nothing.');
  }
  const [only, ...others] = recipient?.purposes ?? [];
  const purpose = occasion.purpose ?? (others.length === 0 ? only : undefined);
  if (purpose === undefined && recipient !== undefined) {
    const remedy = `Name one of: ${recipient.purposes.join(', ')}.`;
    throw egressInvalid('purpose', `${recipient.label} is listed for several purposes`, remedy);
  }
  return {
    name,
    subject,
    ...(recipient && { recipient }),
    ...(rule && { rule }),
    ...(collected && { collected }),
    ...textsOf({ ...occasion, ...(purpose !== undefined && { purpose }) }),
  };
}

function textsOf(occasion: Occasion): Partial<Occasion> {
  const names = ['purpose', 'generation', 'reference', 'approval'] as const;
  const given = names.filter((each) => occasion[each] !== undefined);
  return Object.fromEntries(given.map((each) => [each, demandText(occasion[each], each, LONGEST)]));
}
