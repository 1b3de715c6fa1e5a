import type { KindsByName } from '../../engine/keptChoices.ts';
import { KeptError } from '../../kernel/keptError.ts';
import type { Policy } from '../../kernel/policy/policy.ts';

const MOST_NAMES = 1_000;

/** The kind of a cookie or of a key of storage; undefined where nobody registered the name. */
export type KindOf = (name: string) => string | undefined;

/** An exact name comes before a beginning, a longer beginning before a shorter one. */
export function kindTable(kinds: KindsByName): KindOf {
  const exact = new Map(Object.entries(kinds).filter(([name]) => !name.endsWith('*')));
  const beginnings = Object.entries(kinds)
    .filter(([name]) => name.endsWith('*'))
    .map(([name, kind]) => ({ start: name.slice(0, -1), kind }))
    .sort((a, b) => b.start.length - a.start.length);
  return (name) => exact.get(name) ?? beginnings.find(({ start }) => name.startsWith(start))?.kind;
}

/** Throws COOKIES_INVALID for kinds that the policy does not name, all at once. */
export function demandKinds(kinds: unknown, policy: Policy, place: string): asserts kinds is KindsByName {
  const known = policy.cookies.map(({ kind }) => kind);
  const entries = typeof kinds === 'object' && kinds !== null ? Object.entries(kinds) : undefined;
  const wrong = entries?.filter(([, kind]) => !known.includes(kind)).map(([name]) => name);
  if (wrong?.length === 0 && (entries?.length ?? 0) <= MOST_NAMES) return;
  throw new KeptError('COOKIES_INVALID', 'Names are registered under kinds that the policy does not name', {
    place: [place, ...(wrong ?? []).slice(0, 20)].join(', '),
    remedy: `Give each of at most ${MOST_NAMES} names one of these kinds: ${known.join(', ')}.`,
  });
}
