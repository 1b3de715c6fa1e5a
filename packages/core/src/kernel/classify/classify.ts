import type { Right } from './right.ts';

export type { Right } from './right.ts';

export interface RecognisedMail {
  readonly subjectLine: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly from?: string;
  readonly own?: readonly string[];
}

export interface Recognition {
  readonly rights: readonly { readonly right: Right; readonly confidence: number; readonly evidence: string }[];
  readonly language: string;
  readonly automatic: boolean;
  readonly child: boolean;
  readonly agent: boolean;
  readonly pictured: boolean;
  readonly named: readonly string[];
  readonly partial: boolean;
}
