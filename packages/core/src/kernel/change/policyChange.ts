/** Whether people are better or worse protected by it; `loosens` wherever part of it, or a reading of it, does. */
export type Direction = 'tightens' | 'loosens' | 'neither';

/** One difference between two versions of a policy: in words, and as data. */
export interface PolicyChange {
  /** Section of the policy file, such as `retention`. */
  readonly section: string;
  /** Id of the rule, such as `retention.generated-videos`; the path of what is no rule, such as `inventory.users`. */
  readonly rule: string;
  /** Field of the rule that changed, such as `keep`; absent where the rule came or went as a whole. */
  readonly field?: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Clause that the rule keeps; empty where it keeps none. */
  readonly clause: string;
  /** A plain English sentence without its full stop. */
  readonly text: string;
  /** Plain data; absent where nothing was or is. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly direction: Direction;
  /** A person would decide by it: people are told. */
  readonly material: boolean;
}

/** What a comparison says of one difference; where it stands is added by whoever compares. */
export interface Said {
  readonly text: string;
  readonly direction: Direction;
  readonly material: boolean;
}

/** The direction of several differences together: one that loosens counts, whatever the others do. */
export function together(directions: readonly Direction[]): Direction {
  if (directions.includes('loosens')) return 'loosens';
  return directions.includes('tightens') ? 'tightens' : 'neither';
}

/** Which way it goes where something that protects less, or more, comes (`gained`) and goes (`lost`). */
export function balance(gained: boolean, lost: boolean): Direction {
  if (gained) return 'loosens';
  return lost ? 'tightens' : 'neither';
}
