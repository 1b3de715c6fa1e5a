import { join } from 'node:path';
import {
  createKept,
  diskFiles,
  type FileStore,
  fileAnchor,
  fileKeys,
  fileLedger,
  type Kept,
  KeptError,
  type KeptOptions,
  type Mailer,
  smtpMailer,
} from '@kept/core';
import type { Connection } from 'mongoose';
import type { Args } from './command.ts';
import type { Io } from './io.ts';
import { filesMissing, missingFiles } from './missingFiles.ts';
import { type Surroundings, storesWithoutFolder, surroundingsOf } from './surroundings.ts';
import { WrongQuestion } from './wrongQuestion.ts';

const PATIENCE = 5_000;

type Log = NonNullable<KeptOptions['log']>;

/**
 * Opens Kept for one question and closes the connection behind it. Letters wait in the outbox for `kept serve`.
 * `removes` says that files may go, so that their places must be known before the first record does.
 */
export async function withKept<T>(
  args: Args,
  io: Io,
  use: (kept: Kept) => Promise<T>,
  { removes }: { removes: (around: Surroundings) => boolean } = { removes: () => false },
): Promise<T> {
  const around = await surroundingsOf(args, io);
  const [nowhere] = storesWithoutFolder(around);
  if (nowhere !== undefined && removes(around)) throw filesMissing(nowhere);
  const connection = await connect(around.uri);
  try {
    const publicUrl = around.publicUrl ?? 'http://127.0.0.1:8080/privacy';
    // Whether the files wait is a finding of the installation, and no part of one answer.
    const quiet: Log = (entry) => entry.event === 'policy.waiting' || logTo(io)(entry);
    return await use(await keptOn(connection, around, { publicUrl, mail: noMailer, log: quiet }));
  } finally {
    await connection.close();
  }
}

/** Throws WrongQuestion; the address may hold a password, so it is never repeated. */
export async function connect(uri: string): Promise<Connection> {
  const { createConnection } = (await import('mongoose')).default;
  const connection = createConnection(uri, { serverSelectionTimeoutMS: PATIENCE, appName: 'kept' });
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.close().catch(() => undefined);
    const name = (error as { name?: string }).name ?? 'Error';
    throw new WrongQuestion(
      `No database answers there (${name})`,
      'MONGODB_URI',
      'check the address, and that it runs',
    );
  }
}

/** Kept on this connection, with keys, ledger and anchors in its home. */
export function keptOn(
  connection: Connection,
  around: Surroundings,
  { publicUrl, consoleUrl, mail, log }: { publicUrl: string; consoleUrl?: string; mail: Mailer; log: Log },
): Promise<Kept> {
  const { policy, home, mode, clock } = around;
  return createKept({
    policy,
    data: connection,
    files: filesOf(around),
    keys: fileKeys(join(home, 'keys')),
    ledger: fileLedger(join(home, 'ledger')),
    anchor: fileAnchor(join(home, 'anchors')),
    mail,
    publicUrl,
    ...(consoleUrl && { consoleUrl }),
    mode,
    clock,
    log,
  });
}

/** A line of JSON for each entry. */
export function logTo(io: Io): Log {
  return (entry) => io.err(`${JSON.stringify(entry)}\n`);
}

/** The way out for letters, or undefined where none is named. Throws what `smtpMailer` refuses. */
export function mailerOf({ smtpUrl }: Surroundings): ReturnType<typeof smtpMailer> | undefined {
  return smtpUrl === undefined ? undefined : smtpMailer({ url: smtpUrl });
}

/** For processes that have no way out for letters: nothing hands one to it. */
export const noMailer: Mailer = {
  async send() {
    throw new KeptError('MAIL_SERVER_MISSING', 'No mail server is named', {
      place: 'KEPT_SMTP_URL',
      remedy: 'Set KEPT_SMTP_URL=smtps://user:password@host.',
    });
  },
};

function filesOf({ policy, folders, filesEncrypted }: Surroundings): Record<string, FileStore> {
  const stores = policy.inventory.files.map(({ name, derived }): [string, FileStore] => {
    const folder = folders.get(name);
    return [
      name,
      folder === undefined ? missingFiles(name) : diskFiles(folder, { encrypted: filesEncrypted, derived }),
    ];
  });
  return Object.fromEntries(stores);
}
