/** A parsed policy file with its places, handed in by whoever read it, so that the kernel stays without I/O. */
export interface PolicySource {
  /** Name to show to people, such as `sdance-ai/policy.yaml`. */
  readonly file: string;
  readonly data: unknown;
  /** 1-based place of a value (or of its key) by path from the root. */
  locate(path: readonly (string | number)[]): Place;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One mistake in a policy file; loading collects all of them. */
export interface Mistake {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}
