import type { Anchor } from '../../engine/ports/edges.ts';
import { lineFile } from '../ledger/lineFile.ts';
import { type AnchoredHead, isNewHead } from './anchoredHead.ts';

/** Signed heads as `anchors.ndjson` in a private directory outside the database, each on the disk before `write` answers. */
export function fileAnchor(directory: string): Anchor {
  const file = lineFile<AnchoredHead>(directory, 'anchors.ndjson', (head) => Number.isInteger(head.seq));
  let tail: Promise<unknown> = Promise.resolve();

  const last: Anchor['last'] = async (service, partition) =>
    (await file.read()).values.findLast((head) => head.service === service && head.partition === partition);
  const write = async (head: AnchoredHead) => {
    if (isNewHead(head, await last(head.service, head.partition))) await file.append(head);
  };

  return {
    last,
    write(head) {
      const done = tail.then(() => write(head));
      tail = done.catch(() => undefined);
      return done;
    },
  };
}
