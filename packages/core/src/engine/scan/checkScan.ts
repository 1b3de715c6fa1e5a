import { KeptError } from '../../kernel/keptError.ts';
import type { ScanOptions } from '../keptScan.ts';

const MOST_CANARIES = 20;
const [SHORTEST, LONGEST] = [4, 200];

export interface CheckedScan {
  readonly sample: number | undefined;
  readonly canaries: readonly string[];
  readonly ids: boolean;
}

/** The options as they may be. Throws SCAN_INVALID. */
export function checkScan(options: ScanOptions): CheckedScan {
  const { sample, canaries = [], ids = false } = options;
  if (sample !== undefined && !(Number.isSafeInteger(sample) && sample > 0)) {
    throw invalid('A sample is a whole number of records', 'sample', 'Give 1 or more, or leave it out to look at all.');
  }
  if (!Array.isArray(canaries) || canaries.length > MOST_CANARIES) {
    throw invalid('Planted values are given as a list', 'canaries', `Give ${MOST_CANARIES} at most.`);
  }
  if (!canaries.every((each) => typeof each === 'string' && each.length >= SHORTEST && each.length <= LONGEST)) {
    throw invalid(
      'A planted value is a text',
      'canaries',
      `Give each ${SHORTEST} to ${LONGEST} letters, as no other value has them.`,
    );
  }
  return { sample, canaries, ids };
}

function invalid(message: string, option: string, remedy: string): KeptError {
  return new KeptError('SCAN_INVALID', message, { place: `scan, ${option}`, remedy });
}
