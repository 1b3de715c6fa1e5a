/** What the published text is, says of itself, and promises about its changes. */
export interface NoticeRule {
  /** ISO date at the top of the published notice. */
  readonly lastUpdated?: string;
  /** The text announces such a date, whether it gives one or not. */
  readonly dated: boolean;
  /** Clause that promises a note of changes; the rule is `notice.changes`. Absent where the text promises none. */
  readonly clause?: string;
  /** The published list of third parties, where one is announced; names of recipients. */
  readonly thirdParties?: { readonly listed: readonly string[]; readonly clause: string };
  /** How people agree to the notice. Acceptance is recorded by version and sets no consent flag. */
  readonly acceptance?: { readonly by: 'use' | 'act'; readonly clause: string };
  /** How people learn of a change: a letter to each whom it concerns, or the new text alone. */
  readonly tells: 'each-person' | 'posting';
  /** Whose models the service runs on, as the text says; a recipient of that kind must be listed too. */
  readonly poweredBy?: { readonly operator: string; readonly clause: string };
  /** What the text tells people and no rule can decide; the rule is `notice.<name>`. */
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly clause: string;
}
