import type { Right } from './right.ts';

/** A phrase file as it is parsed from YAML; `policies/phrases/README.md` tells how to write one. */
export interface PhraseFile {
  readonly language: string;
}

/** Phrases made ready to match. */
export interface Phrases {
  readonly language: string;
  readonly rights: readonly Right[];
}
