/** The template of each form. */
export type MoveForm = `move-${
  | 'preview'
  | 'propose'
  | 'approve'
  | 'answer'
  | 'challenge'
  | 'concerns'
  | 'stop'
  | 'balance'
  | 'contest'
  | 'correct'
  | 'leftovers'
  | 'release'
  | 'pictured'}`;

/** What is to be done now, in words, and the one form that does it; none where somebody or something else is due. */
export interface NextMove {
  readonly title: string;
  readonly text: string;
  /** What is missing, where something is. */
  readonly points: readonly string[];
  readonly form: MoveForm | undefined;
  /** The preview that the form speaks of. */
  readonly hash: string | undefined;
  /** What follows from sending the form, where its words do not say it. */
  readonly hint: string;
  readonly waiting: boolean;
}

export function due(title: string, text: string, form?: MoveForm, hash?: string): NextMove {
  return { title, text, points: [], form, hash, hint: '', waiting: form === undefined };
}
