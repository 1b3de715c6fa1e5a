import { demandText } from '../demandText.ts';
import type { Content } from '../keptReports.ts';

const LONGEST = 200;

/** A record as it is named from outside. Throws INPUT_INVALID. */
export function demandContent(given: Content): Content {
  return {
    collection: demandText(given?.collection, 'collection', LONGEST),
    record: demandText(given.record, 'record', LONGEST),
  };
}
