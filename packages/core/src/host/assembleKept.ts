import type { mongo } from 'mongoose';
import { memoryAnchor } from '../adapters/anchor/memoryAnchor.ts';
import { stopwatch } from '../adapters/clock/stopwatch.ts';
import { systemClock } from '../adapters/clock/systemClock.ts';
import { nodeCrypto } from '../adapters/crypto/nodeCrypto.ts';
import { mongoData } from '../adapters/data/mongoData.ts';
import { requireDatabaseTls } from '../adapters/data/requireDatabaseTls.ts';
import { handlebarsLetters } from '../adapters/letters/handlebarsLetters.ts';
import { messageKey } from '../adapters/mail/messageKey.ts';
import { postalReader } from '../adapters/mail/postalReader.ts';
import { loadCalendar } from '../adapters/policy/loadCalendar.ts';
import { loadPhrases } from '../adapters/policy/loadPhrases.ts';
import { loadRegime } from '../adapters/policy/loadRegime.ts';
import { mongoRecords } from '../adapters/records/mongoRecords.ts';
import type { Kept, KeptOptions } from '../engine/kept.ts';
import { openKept } from '../engine/openKept.ts';
import { activatePolicy } from '../engine/policy/activatePolicy.ts';
import type { World } from '../engine/world.ts';
import { KeptError } from '../kernel/keptError.ts';
import { privacyRouter } from './router.ts';

/** What `createKept` does, with all that it takes loaded. */
export async function assembleKept(options: KeptOptions): Promise<Kept> {
  const { policy } = options;
  demandFileStores(options);
  for (const connection of [options.data, options.control]) if (connection) requireDatabaseTls(connection);

  const { regime, country } = policy.controller;
  const [regimeFile, calendar, phrases] = await Promise.all([
    loadRegime(regime),
    loadCalendar(country),
    loadPhrases('en'),
  ]);
  const records = mongoRecords(() => databaseOf(options.control ?? options.data));
  const { mode = 'observe' } = options;

  const world: World = {
    service: policy.pack,
    policy,
    regime: regimeFile,
    calendar,
    phrases,
    records,
    data: mongoData(
      () => databaseOf(options.data),
      () => policy,
    ),
    files: options.files,
    keys: options.keys,
    ledger: options.ledger,
    anchor: options.anchor ?? memoryAnchor(),
    mailer: options.mail,
    letters: handlebarsLetters(),
    reader: postalReader(),
    clock: options.clock ?? systemClock,
    stopwatch,
    crypto: nodeCrypto(),
    publicUrl: options.publicUrl.replace(/\/+$/, ''),
    consoleUrl: options.consoleUrl?.replace(/\/+$/, '') ?? '',
    mailFrom: options.mailFrom ?? policy.controller.contact,
    modeOf: (rule) => (typeof mode === 'string' ? mode : (mode[rule] ?? 'observe')),
    log: options.log ?? (() => {}),
  };

  await records.prepare();
  await activatePolicy(world);
  return openKept(world, { messageKey, router: privacyRouter });
}

function databaseOf(connection: { db?: unknown }): mongo.Db {
  if (connection.db) return connection.db as mongo.Db;
  throw new KeptError('DATABASE_MISSING', 'The connection has no database yet', {
    place: 'createKept',
    remedy: 'Connect first: await mongoose.connect(…), then createKept.',
  });
}

function demandFileStores({ policy, files }: KeptOptions): void {
  const missing = policy.inventory.files.map((each) => each.name).filter((name) => !files[name]);
  if (missing.length === 0) return;
  throw new KeptError(
    'FILE_STORE_MISSING',
    `The inventory names file stores that were not given: ${missing.join(', ')}`,
    {
      place: 'createKept, files',
      remedy: `Hand them over: files: { ${missing[0]}: diskFiles(directory) }.`,
    },
  );
}
