/** What is asked before each unit. */
export interface Pace {
  /** Renews the lease, or throws where another worker took over. */
  readonly beat?: () => Promise<void>;
  /** False ends it here, such as where a hold was placed meanwhile. */
  readonly goOn?: () => Promise<boolean>;
}

export async function mayGoOn({ beat, goOn }: Pace): Promise<boolean> {
  await beat?.();
  return goOn === undefined || goOn();
}
