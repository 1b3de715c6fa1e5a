/** What people are counted by: a value of a field, null where they have none. */
export type FigureValue = string | number | boolean | null;

/** How many people share a value. */
export interface Group {
  readonly value: FigureValue;
  readonly people: number;
}

/** Numbers about groups that lead to nobody. */
export interface FigureTable {
  /** Groups that are large enough, the largest first. Numbers are rounded down, to steps of `roundedTo` from the minimum on. */
  readonly shown: readonly Group[];
  /** How many groups are not shown: too small, or hiding those that are. Absent where no group is shown. */
  readonly suppressed?: number;
  /** All people counted, rounded alike. Absent where no group is shown. */
  readonly total?: number;
  readonly minimumGroup: number;
  readonly roundedTo: number;
}

/**
 * Leaves out groups smaller than the minimum, and with them the smallest of the others: whoever knows the method, all values
 * and even the exact total cannot tell which of the suppressed groups has which size, since any order of these sizes gives the
 * same answer. No number is exact, so that the same people counted by something else do not give more away. Below a minimum
 * of three there is nothing to hide behind: such a group is one of a known size.
 * @param people all people counted, each once; somebody may be in several groups
 */
export function suppress(groups: readonly Group[], people: number, minimumGroup: number): FigureTable {
  const large = groups.map((group) => group.people).filter((size) => size >= minimumGroup);
  const isComplete = large.length === groups.length;
  // All of one size go together: an order by name would tell them apart.
  const least = isComplete ? minimumGroup : Math.min(...large) + 1;
  const shown = groups.filter((group) => group.people >= least);

  const roundedTo = Math.max(1, Math.ceil(minimumGroup / 2));
  const rounded = (count: number): number => count - ((count - minimumGroup) % roundedTo);
  return {
    shown: shown.map((group) => ({ value: group.value, people: rounded(group.people) })).sort(byPeople),
    ...(shown.length > 0 && { suppressed: groups.length - shown.length, total: rounded(people) }),
    minimumGroup,
    roundedTo,
  };
}

/** Values in the order of their words where as many share them: the order tells no more than the rounded numbers. */
function byPeople(a: Group, b: Group): number {
  if (a.people !== b.people) return b.people - a.people;
  const [one, other] = [String(a.value), String(b.value)];
  return one < other ? -1 : one > other ? 1 : 0;
}
