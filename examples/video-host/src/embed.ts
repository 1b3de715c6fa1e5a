import {
  createKept,
  type FileStore,
  fileAnchor,
  fileKeys,
  fileLedger,
  type Kept,
  type KeptOptions,
  type KindsByName,
  loadPack,
  nodemailerMailer,
} from '@kept/core';
import { registerJobs, type Scheduler } from '@kept/jobs';
import type { Express, Request } from 'express';
import type { Connection } from 'mongoose';

/** What the app has anyway, and what it may choose about Kept. */
export interface Surroundings
  extends Pick<KeptOptions, 'publicUrl' | 'consoleUrl' | 'mode' | 'clock' | 'log' | 'revoke'> {
  /** Folder of the policy, or the name of a published one, such as `sdance-ai`. */
  readonly pack: string;
  readonly app: Express;
  readonly connection: Connection;
  readonly media: FileStore;
  readonly transport: Parameters<typeof nodemailerMailer>[0];
  readonly agenda: Scheduler;
  /** The country of a visitor, ISO 3166, where it is known: silence about cookies is judged by it. */
  readonly countryOf: (req: Request) => string | undefined;
  /** Which kind each key is of that its pages keep in the browser's storage. */
  readonly storage: KindsByName;
  /** A folder outside the database and its backups. */
  readonly dir: string;
}

/** All that embedding takes: open Kept, mount its pages, register its jobs. */
export async function embedKept({
  pack,
  app,
  connection,
  media,
  transport,
  agenda,
  dir,
  countryOf,
  storage,
  ...choices
}: Surroundings): Promise<Kept> {
  // #region sample
  const kept = await createKept({
    policy: await loadPack(pack),
    data: connection,
    files: { media },
    keys: fileKeys(`${dir}/keys`),
    ledger: fileLedger(`${dir}/ledger`),
    anchor: fileAnchor(`${dir}/anchor`),
    mail: nodemailerMailer(transport),
    ...choices,
  });
  app.use('/privacy', kept.router({ subjectOf: (req: Request) => req.user?.id, countryOf, storage }));
  await registerJobs(agenda, kept);
  // #endregion sample
  return kept;
}
