import type { ContestDecision } from './contestDecision.ts';
import type { ObjectionDecision } from './objectionDecision.ts';
import type { PicturedDecision } from './picturedDecision.ts';
import type { RectificationDecision } from './rectificationDecision.ts';

/**
 * What a staff member decided on a request that has to be weighed before it is carried out; each right has its own, told
 * apart by `right`.
 */
export type RightDecision = ContestDecision | ObjectionDecision | PicturedDecision | RectificationDecision;

/** Such a decision as it is on record: who took it, and when. */
export type DecisionTaken = RightDecision & { readonly by: string; readonly at: Date };
