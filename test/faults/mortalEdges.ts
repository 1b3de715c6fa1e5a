import type { KeptOptions } from '@kept/core';
import type { Life } from './mortal.ts';
import type { Stage } from './outcome.ts';

/** The options of a process that may die: everything through which it changes what outlives it. */
export function mortalEdges(
  mortal: Life,
  { db, media, packages, keys, ledger, anchor, mailer }: Stage,
): Partial<KeptOptions> {
  return {
    data: { db: mortal.database(db) },
    files: { media: mortal.mortal('media', media, ['remove', 'put']) },
    packages: mortal.mortal('packages', packages, ['remove', 'put']),
    keys: mortal.mortal('keys', keys, ['create', 'destroy']),
    ledger: mortal.mortal('ledger', ledger, ['append']),
    anchor: mortal.mortal('anchor', anchor, ['write']),
    mail: mortal.mortal('mailer', mailer, ['send']),
  };
}
