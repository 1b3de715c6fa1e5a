import type { Anchor } from '../../engine/ports/edges.ts';
import { type AnchoredHead, isNewHead } from './anchoredHead.ts';

/** An anchor that ends with the process: for tests. */
export function memoryAnchor(): Anchor {
  const heads: AnchoredHead[] = [];
  const last: Anchor['last'] = async (service, partition) =>
    heads.findLast((head) => head.service === service && head.partition === partition);
  return {
    last,
    async write(head) {
      if (isNewHead(head, await last(head.service, head.partition))) heads.push({ ...head });
    },
  };
}
