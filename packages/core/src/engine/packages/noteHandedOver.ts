import { isKeptError } from '../../kernel/keptError.ts';
import { isClosed } from '../../kernel/request/requestStatus.ts';
import { update } from '../aggregate.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import type { StoredPackage } from './storedPackage.ts';

/** Lets the request know that its package was delivered: what waits for that, such as an erasure, may go on. */
export async function noteHandedOver(world: World, { _id, request, deliveredAt, noted }: StoredPackage): Promise<void> {
  if (!deliveredAt || noted) return;
  try {
    const told = await update<StoredRequest>(world, 'requests', request, (newest) =>
      newest.handedOver && !newest.handedOver.at
        ? { document: { ...newest, handedOver: { ...newest.handedOver, at: deliveredAt } } }
        : undefined,
    );
    // It was fetched before the run that made it ended: told again later.
    if (!told.handedOver && !isClosed(told)) return;
  } catch (error) {
    // The case may be over and gone while its package is not.
    if (!isKeptError(error) || error.code !== 'REQUEST_NOT_FOUND') throw error;
  }
  await update<StoredPackage>(world, 'packages', _id, (newest) => ({ document: { ...newest, noted: true } }));
}
