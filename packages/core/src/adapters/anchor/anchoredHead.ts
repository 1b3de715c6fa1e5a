import type { Anchor } from '../../engine/ports/edges.ts';
import { KeptError } from '../../kernel/keptError.ts';

export type AnchoredHead = Parameters<Anchor['write']>[0];

/**
 * Whether a head is new. Throws ANCHOR_CONFLICT where it stands before the last one or says another hash for the same place:
 * a chain that was cut or rewritten must not anchor over its own history.
 */
export function isNewHead(head: AnchoredHead, last: Awaited<ReturnType<Anchor['last']>>): boolean {
  if (!last || head.seq > last.seq) return true;
  if (head.seq === last.seq && head.hash === last.hash) return false;
  throw new KeptError('ANCHOR_CONFLICT', 'The evidence chain stands behind or beside what was anchored of it before.', {
    place: `anchor ${head.service}/${head.partition} at ${head.seq}`,
    remedy: 'Verify the evidence: entries were lost or changed since, or an older database was restored.',
  });
}
