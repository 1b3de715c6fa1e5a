import type { Can } from '../abilities.ts';
import { RESTRICTION_GROUNDS, type RestrictionGround, type StoredHold, type StoredRequest } from '../kept.ts';
import { type Choice, choices } from './choice.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';

/** A restriction in force: the person's data is stored and not used. */
export interface RestrictionCard {
  readonly id: string;
  readonly ground: string;
  readonly since: When;
  /** The person is being told that it ends. */
  readonly ending: When | undefined;
  /** To choose from, where nobody knows yet which it is. */
  readonly grounds: readonly Choice[];
  /** It has ended, which is signed. */
  readonly ended: { readonly at: When; readonly receipt: string } | undefined;
  readonly mayLift: boolean;
  readonly whyNot: string;
}

const GROUND: Readonly<Record<RestrictionGround, string>> = {
  'accuracy-contested': 'They contest that the data is accurate (Art 18(1)(a) GDPR)',
  unlawful: 'The processing is unlawful, and they want no erasure (Art 18(1)(b))',
  'needed-for-claims': 'They need the data for legal claims (Art 18(1)(c))',
  'objection-pending': 'They objected, and it is being weighed (Art 18(1)(d))',
  'not-stated': 'They named no reason',
};

export function presentRestrictions(
  restrictions: readonly StoredHold[],
  request: StoredRequest,
  can: Can,
  desk: Desk,
): RestrictionCard[] {
  const nameable = Object.fromEntries(
    RESTRICTION_GROUNDS.filter((ground) => ground !== 'not-stated').map((ground) => [ground, GROUND[ground]]),
  );
  return restrictions.map(({ _id, ground, from, until, lifting }) => {
    const mayName = ground === 'not-stated' && !lifting && !until && can('restrict', 'Request', request);
    const mayLift = can('lift', 'Request', request);
    return {
      id: _id,
      ground: GROUND[ground as RestrictionGround] ?? ground,
      since: desk.when(from),
      ending: until ? undefined : lifting && desk.when(lifting.since),
      ended: until && { at: desk.when(until), receipt: `/requests/${request._id}/restrictions/${_id}/receipt` },
      grounds: mayName ? choices(nameable, undefined) : [],
      mayLift: mayLift && !lifting && !until,
      whyNot: mayLift || until ? '' : can.why('lift', 'Request', request),
    };
  });
}
