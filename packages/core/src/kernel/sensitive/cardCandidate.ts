import type { CardRange } from './cardBrands.ts';
import type { CardShape } from './cardShape.ts';
import type { Groups } from './readGroups.ts';

/** Digits with a brand's first ones, its length and a check digit that fits: a card number, unless what is around says otherwise. */
export interface CardCandidate {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly groups: Groups;
  readonly first: number;
  readonly last: number;
  readonly digits: Uint8Array;
  readonly length: number;
  readonly range: CardRange;
  readonly shape: CardShape;
}
