import type { Executor } from '../executor.ts';
import { eraseSubject } from './eraseSubject.ts';
import { erasureAnswer } from './erasureAnswer.ts';

/** Erasure (Art 17 GDPR), by the preview that two people signed for. */
export const erasure: Executor = { run: eraseSubject, answer: erasureAnswer };
