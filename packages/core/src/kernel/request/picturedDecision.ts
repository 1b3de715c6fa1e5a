/**
 * What becomes of a record that shows somebody who did not make it: it goes, or their face in it is covered. A refusal is one
 * like any other, with its article.
 */
export interface PicturedDecision {
  readonly right: 'erasure';
  readonly report: 'pictured';
  readonly outcome: 'takedown' | 'blur';
  /** What entitles the person, such as `Article 17(1)(d) GDPR`: the uploader is told it. */
  readonly article: string;
  /** For a blur: where they are to be seen, file by file. */
  readonly faces?: readonly Face[];
}

/** Part of a picture as it is shown, in shares of its width and height, from 0 to 1. */
export interface Face {
  /** Name of the file store, and key of the file in it. */
  readonly store: string;
  readonly file: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
