import type { LedgerEntry } from '../ports/edges.ts';
import type { World } from '../world.ts';

/** What somebody said, or had done, as the ledger takes it; an id of one's own where repeating it must enter it once. */
export interface LedgerWord {
  readonly kind: LedgerEntry['kind'];
  readonly subject: string;
  readonly detail: string;
  readonly at: Date;
  readonly id?: string;
  /** The history to which it is added: said again after a crash, it follows the same words and is the same entry. */
  readonly after?: readonly { readonly at: Date }[];
}

/** Such a word must survive a restore of the database from before it, so it is entered before it is written. */
export async function enterLedger(world: World, { kind, subject, detail, at, after, id }: LedgerWord): Promise<void> {
  const place = after && [world.service, subject, detail, after.length, after.at(-1)?.at.toISOString()];
  const placeId = place && (await world.keys.mac('ledger', place.join('\n')));
  await world.ledger.append({
    id: `${kind}:${id ?? placeId ?? world.crypto.newId()}`,
    at: at.toISOString(),
    kind,
    service: world.service,
    subject: await world.keys.mac('ledger', subject),
    addresses: [],
    detail,
  });
}
