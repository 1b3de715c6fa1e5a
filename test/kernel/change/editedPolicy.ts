import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';

/** One step of a path: a key, or the place in a list. */
export type Path = readonly (string | number)[];

/** The paths to all values that hold no others, empty lists and mappings included, in their order. */
export function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Object.entries(value).map(
    ([key, inner]) => [Array.isArray(value) ? Number(key) : key, inner] as const,
  );
  return entries.length === 0 ? [path] : entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}

/** A copy with another value in one place; all that is not on the way there is shared. */
export function edited(policy: Policy, path: Path, value: unknown): Policy {
  return changedAt(policy, path, (home, last) => {
    (home as Record<string | number, unknown>)[last] = value;
  }) as Policy;
}

/** A copy without one entry of a list or mapping. */
export function without(policy: Policy, path: Path): Policy {
  return changedAt(policy, path, (home, last) => {
    if (Array.isArray(home)) home.splice(Number(last), 1);
    else delete (home as Record<string, unknown>)[last];
  }) as Policy;
}

function changedAt(value: unknown, path: Path, change: (home: object, last: string | number) => void): unknown {
  const [first = '', ...rest] = path;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  if (rest.length === 0) change(copy, first);
  else copy[first] = changedAt(copy[first], rest, change);
  return copy;
}

const enumerations: Readonly<Record<string, readonly string[]>> = {
  asks: ['opt-in', 'opt-out'],
  basis: ['consent', 'contract', 'legal-obligation', 'legitimate-interest'],
  default: ['private', 'public'],
  by: ['kept', 'host', 'operator', 'use', 'act'],
  held: ['host', 'kept', 'device', 'recipient'],
  onErasure: ['erase', 'detach'],
  tells: ['each-person', 'posting'],
  // biome-ignore lint/suspicious/noThenProperty: the word of the policy file; never awaited.
  then: ['erase', 'redact'],
  fromEndOf: ['year'],
};
const periods = ['P1D', 'P29D', 'P1M', 'P31D', 'P1Y', 'P366D', 'PT12H'];
const names = ['id', 'name', 'flag', 'kind', 'right'];
const words = ['DE', 'US', 'log.api', 'unknown'];

/** Another value of the same sort in this place: a period stays a period. */
export function otherValue(policy: Policy, path: Path, choice: number): unknown {
  const value = valueAt(policy, path);
  if (typeof value === 'number') return value + (choice % 2 === 0 ? 1 : -1) * (1 + (choice % 7));
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return Array.isArray(value) ? ['log.api'] : { DE: 3 };
  // No two rules of a policy have one name.
  if (names.includes(String(path.at(-1)))) return `${value}.${choice}`;
  const known = enumerations[String(path.at(-1))] ?? (/^P\d/.test(value) ? periods : [...words, `${value}.x`]);
  const others = known.filter((one) => one !== value);
  return others[choice % Math.max(others.length, 1)] ?? `${value}x`;
}
