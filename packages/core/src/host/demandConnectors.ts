import type { KeptOptions } from '../engine/kept.ts';
import { KeptError } from '../kernel/keptError.ts';

const MOST_DAYS = 365;

/**
 * The connectors that a host hands over. One for a recipient that the policy no longer names is as good as the others: it may
 * still have data. Throws CONNECTOR_INVALID.
 */
export function demandConnectors(connectors: KeptOptions['connectors'] = {}): NonNullable<KeptOptions['connectors']> {
  for (const [recipient, connector] of Object.entries(connectors)) {
    const { tell, answerWithinDays: days = 1 } = connector ?? {};
    if (typeof tell === 'function' && Number.isSafeInteger(days) && days >= 1 && days <= MOST_DAYS) continue;
    throw new KeptError('CONNECTOR_INVALID', 'This is no connector to a recipient', {
      place: `createKept, connectors.${recipient}`,
      remedy: `Hand over webhookConnector(…), emailConnector(…), or a \`tell\` of your own, with 1 to ${MOST_DAYS} days.`,
    });
  }
  return connectors;
}
