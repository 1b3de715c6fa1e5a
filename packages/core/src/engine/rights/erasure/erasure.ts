import type { Executor } from '../executor.ts';
import { eraseSubject } from './eraseSubject.ts';
import { erasureAnswer } from './erasureAnswer.ts';
import { mayBeStopped } from './mayBeStopped.ts';

/** Erasure (Art 17 GDPR), by the preview that two people signed for. */
export const erasure: Executor = { waits: mayBeStopped, run: eraseSubject, answer: erasureAnswer };
