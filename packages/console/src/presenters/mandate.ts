import type { Can } from '../abilities.ts';
import type { StoredRequest } from '../kept.ts';
import { type Choice, choices } from './choice.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';

/** Somebody acts for the person: what is known of it, and the form for what a colleague sees. */
export interface MandateCard {
  readonly seen: { readonly kind: string; readonly by: string; readonly at: When; readonly until: string } | undefined;
  readonly copy: boolean;
  /** Empty where it is settled who asks. */
  readonly kinds: readonly Choice[];
}

const KIND = {
  'power-of-attorney': 'A power of attorney',
  'legal-authority': 'The permission of a court or a law',
  'signed-permission': 'A signed permission: the person is still asked',
};

export function presentMandate(request: StoredRequest, can: Can, desk: Desk): MandateCard | undefined {
  const { mandate } = request;
  if (!mandate) return undefined;
  const { seen } = mandate;
  return {
    seen: seen && {
      kind: KIND[seen.kind],
      by: desk.nameOf(seen.by),
      at: desk.when(seen.at),
      until: seen.until ?? '',
    },
    copy: mandate.copy === true,
    kinds: request.status === 'received' && can('locate', 'Request', request) ? choices(KIND, undefined) : [],
  };
}
