import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { MongoBackend } from '@agendajs/mongo-backend';
import { createConsole } from '@kept/console';
import { diskFiles, type Kept, type KeptOptions, smtpMailbox, systemClock } from '@kept/core';
import { Agenda } from 'agenda';
import express, { type Request } from 'express';
import mongoose, { type Connection } from 'mongoose';
import { embedKept, type Surroundings } from './embed.ts';
import { localPost } from './localPost.ts';
import { sdanceAi } from './sdanceAi.ts';
import type { Variant } from './variant.ts';

export interface VideoHostServerOptions extends Pick<KeptOptions, 'clock' | 'mode' | 'log'> {
  /** The app that is started, and with it the pack whose promises it keeps; the one of the story where absent. */
  readonly variant?: Variant | undefined;
  readonly mongodbUri: string;
  /** Database in it; the one that the URI names where absent. */
  readonly database?: string;
  /** Media, keys, ledger, anchor and letters lie in folders below it. */
  readonly dir: string;
  /** Port of the pages; a free one where 0 or absent. */
  readonly port?: number;
  /** Port of the support mailbox; a free one where 0 or absent. */
  readonly smtpPort?: number;
  /** Takes letters instead of the post office of this machine; the caller closes it. */
  readonly transport?: Surroundings['transport'];
  /** False where the caller works the jobs off itself. */
  readonly startJobs?: boolean;
  /** Words at the top of the console. */
  readonly banner?: () => string | undefined;
}

export interface VideoHostServer {
  readonly kept: Kept;
  readonly connection: Connection;
  readonly media: ReturnType<typeof diskFiles>;
  readonly agenda: Agenda;
  readonly urls: { readonly host: string; readonly privacy: string; readonly console: string; readonly smtp: string };
  /** Where letters to people lie as files, unless a transport was given. */
  readonly letters: string;
  close(): Promise<void>;
}

/** Starts app, Kept, console, support mailbox and jobs in this process, all on loopback. */
export async function startVideoHost(options: VideoHostServerOptions): Promise<VideoHostServer> {
  const { variant = sdanceAi, dir, clock = systemClock, mode, log, startJobs = true } = options;
  const { pack, supportAddress } = variant;
  const opened = new AsyncDisposableStack();
  try {
    const named = options.database === undefined ? {} : { dbName: options.database };
    const connection = await mongoose.createConnection(options.mongodbUri, named).asPromise();
    opened.defer(() => connection.destroy());
    await variant.prepare(connection);

    const media = diskFiles(path.join(dir, 'media'), { derived: variant.derived });
    await mkdir(path.join(dir, 'media'), { recursive: true, mode: 0o700 });

    let smtpPort = 0;
    const letters = path.join(dir, 'letters');
    const post = localPost({ folder: letters, supportAddress, supportPort: () => smtpPort });
    opened.defer(() => post.close());
    const transport = options.transport ?? post;

    // Mongoose and Agenda bring types of the same driver that do not know each other.
    const agenda = new Agenda({ backend: new MongoBackend({ mongo: connection.db as never }) });
    agenda.on('error', (error: Error & { code?: string }) =>
      log?.({ level: 'error', event: 'job.failed', code: error.code ?? error.name }),
    );
    opened.defer(async () => {
      await agenda.drain({ timeout: 5_000 });
      await agenda.stop();
    });
    await agenda.ready;

    const app = express();
    app.disable('x-powered-by');
    const server = createServer(app).listen(options.port ?? 0, '127.0.0.1');
    opened.defer(async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    });
    await once(server, 'listening');
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const urls = { host, privacy: `${host}/privacy`, console: `${host}/console` };

    const now = () => clock.now();
    const parts = { connection, media, mail: transport, now };
    app.use(variant.visitor(parts));
    const choices = {
      publicUrl: urls.privacy,
      consoleUrl: urls.console,
      clock,
      ...(mode && { mode }),
      ...(log && { log }),
      ...(variant.revoke && { revoke: async (subject: string) => variant.revoke?.(parts, subject) }),
    };
    const countryOf = (req: Request) => variant.countryOf?.(req);
    const pages = { app, countryOf, storage: variant.storage ?? {} };
    const kept = await embedKept({ pack, connection, media, transport, agenda, dir, ...pages, ...choices });
    app.use('/console', createConsole(kept, options.banner ? { banner: options.banner } : {}));
    app.use(variant.app({ ...parts, kept }));
    for (const { name, every, run } of variant.work?.({ ...parts, kept }) ?? []) {
      agenda.define(`${pack} ${name}`, run, { concurrency: 1, lockLimit: 1 });
      await agenda.every(every, `${pack} ${name}`);
    }

    const mailbox = smtpMailbox({ mailboxes: [supportAddress], receive: (mail) => kept.mail.receive(mail) });
    smtpPort = (await mailbox.listen(options.smtpPort ?? 0)).port;
    opened.defer(() => mailbox.close());

    if (startJobs) await agenda.start();
    const closing = opened.move();
    return {
      kept,
      connection,
      media,
      agenda,
      urls: { ...urls, smtp: `smtp://127.0.0.1:${smtpPort}` },
      letters,
      close: () => closing.disposeAsync(),
    };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}
