/** One of several to choose from, in a list or as a button. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly chosen: boolean;
}

export function choices(labels: Readonly<Record<string, string>>, chosen: string | undefined): Choice[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label, chosen: value === chosen }));
}
