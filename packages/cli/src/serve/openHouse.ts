import { MongoBackend } from '@agendajs/mongo-backend';
import { createConsole } from '@kept/console';
import { type Kept, smtpMailbox } from '@kept/core';
import { registerJobs } from '@kept/jobs';
import { Agenda } from 'agenda';
import express from 'express';
import type { Connection } from 'mongoose';
import type { Io } from '../io.ts';
import { connect, keptOn, logTo, mailerOf, noMailer } from '../open.ts';
import type { Surroundings } from '../surroundings.ts';
import { closers } from './closers.ts';
import { healthRoutes } from './healthRoutes.ts';
import { addressOf, type Listening, listen, portTaken } from './listen.ts';

/** How long running jobs may take to end; what they leave is taken up by the next worker. */
const PATIENCE = 10_000;

export interface House {
  readonly kept: Kept;
  readonly urls: Readonly<Record<'console' | 'privacy' | 'health' | 'ready' | 'smtp', string>>;
  /** Whether letters leave, or wait in the outbox for want of a mail server. */
  readonly letters: 'leave' | 'wait';
  close(): Promise<void>;
}

export interface Places {
  readonly host: string;
  readonly port: number;
  readonly smtpPort: number;
  /** A reverse proxy in front ends TLS. */
  readonly behindTls: boolean;
  /** Express's `trust proxy`. */
  readonly trustProxy: number | string | undefined;
}

/**
 * Opens console, privacy pages, mailbox and jobs on one database. What was opened is closed again, last first, by `close` and
 * where opening fails. Throws WrongQuestion for a database that does not answer and for ports that are taken.
 */
export async function openHouse(around: Surroundings, places: Places, io: Io): Promise<House> {
  const opened = closers();
  try {
    const connection = await connect(around.uri);
    opened.add(() => connection.close());
    const mailer = mailerOf(around);
    if (mailer) opened.add(() => mailer.close());

    const app = express();
    app.disable('x-powered-by');
    if (places.trustProxy !== undefined) app.set('trust proxy', places.trustProxy);
    const health = healthRoutes(connection);
    app.use(health.routes);
    const pages: Listening = await listen(app, places);
    opened.add(() => pages.close());

    const local = addressOf(pages);
    const privacy = around.publicUrl ?? `${local}/privacy`;
    const mail = mailer ?? noMailer;
    const consoleUrl = around.consoleUrl ?? `${local}/console`;
    const kept = await keptOn(connection, around, { publicUrl: privacy, consoleUrl, mail, log: logTo(io) });
    // People of the host are signed in at the host: here they come with the links of their letters.
    app.use('/privacy', kept.router({ subjectOf: () => undefined }));
    app.use('/console', createConsole(kept, places.behindTls ? { secure: true } : {}));
    app.get('/', (_req, res) => res.redirect('/console'));

    const agenda = await scheduled(connection, mailer ? kept : withLettersWaiting(kept), io);
    opened.add(() => agenda.stop());
    opened.add(async () => void (await agenda.drain({ timeout: PATIENCE })));

    const { address } = kept.policy.contact;
    const mailbox = smtpMailbox({ mailboxes: [address], receive: (received) => kept.mail.receive(received) });
    const { port: smtpPort } = await mailbox.listen(places.smtpPort).catch((error) => {
      throw portTaken(error, '--smtp-port');
    });
    opened.add(() => mailbox.close());

    await agenda.start();
    health.ready(true);
    opened.add(() => health.ready(false));
    return {
      kept,
      urls: {
        console: `${local}/console`,
        privacy,
        health: `${local}/healthz`,
        ready: `${local}/readyz`,
        smtp: `smtp://127.0.0.1:${smtpPort}`,
      },
      letters: mailer ? 'leave' : 'wait',
      close: opened.closeAll,
    };
  } catch (error) {
    await opened.closeAll().catch(() => undefined);
    throw error;
  }
}

async function scheduled(connection: Connection, kept: Kept, io: Io): Promise<Agenda> {
  // Mongoose and Agenda bring types of the same driver that do not know each other.
  const agenda = new Agenda({ backend: new MongoBackend({ mongo: connection.db as never }) });
  agenda.on('error', (error: Error & { code?: string }) =>
    io.err(`${JSON.stringify({ level: 'error', event: 'job.failed', code: error.code ?? error.name })}\n`),
  );
  await agenda.ready;
  await registerJobs(agenda, kept);
  return agenda;
}

/** Trying to send without a mail server would use up the attempts of each letter. */
function withLettersWaiting(kept: Kept): Kept {
  return { ...kept, outbox: { ...kept.outbox, deliver: async () => ({ sent: 0, failed: 0 }) } };
}
