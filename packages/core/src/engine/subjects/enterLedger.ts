import type { LedgerEntry } from '../ports/edges.ts';
import type { World } from '../world.ts';

/** What somebody said, or had done, as the ledger takes it; an id of one's own where repeating it must enter it once. */
export interface LedgerWord {
  readonly kind: LedgerEntry['kind'];
  readonly subject: string;
  readonly detail: string;
  readonly at: Date;
  readonly id?: string;
}

/** Such a word must survive a restore of the database from before it, so it is entered before it is written. */
export async function enterLedger(
  world: World,
  { kind, subject, detail, at, id = world.crypto.newId() }: LedgerWord,
): Promise<void> {
  await world.ledger.append({
    id: `${kind}:${id}`,
    at: at.toISOString(),
    kind,
    service: world.service,
    subject: await world.keys.mac('ledger', subject),
    addresses: [],
    detail,
  });
}
