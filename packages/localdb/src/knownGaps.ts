/** What DocumentDB behind the gateway cannot do, by the name of the compatibility item. */
export interface Gap {
  /** The code that MongoDB's clients get. */
  code: number;
  reason: string;
}

/** Asserted by the compatibility suite: on DocumentDB these fail with this code, on MongoDB they pass. */
export const KNOWN_GAPS: Readonly<Record<string, Gap>> = {
  'change stream': { code: 115, reason: 'DocumentDB 1.0 has no $changeStream stage' },
  'capped collection': { code: 115, reason: 'DocumentDB 1.0 has no capped collections' },
  '$where / $function (server-side JS)': { code: 2, reason: 'DocumentDB runs no JavaScript' },
};
