import { memoryAnchor } from '../adapters/anchor/memoryAnchor.ts';
import { zipOf } from '../adapters/archive/zipOf.ts';
import { stopwatch } from '../adapters/clock/stopwatch.ts';
import { systemClock } from '../adapters/clock/systemClock.ts';
import { nodeCrypto } from '../adapters/crypto/nodeCrypto.ts';
import { databaseOf } from '../adapters/data/databaseOf.ts';
import { liveDatabase } from '../adapters/data/liveDatabase.ts';
import { mongoData } from '../adapters/data/mongoData.ts';
import { requireDatabaseTls } from '../adapters/data/requireDatabaseTls.ts';
import { gridFsFiles } from '../adapters/files/gridFsFiles.ts';
import { handlebarsLetters } from '../adapters/letters/handlebarsLetters.ts';
import { messageKey } from '../adapters/mail/messageKey.ts';
import { postalReader } from '../adapters/mail/postalReader.ts';
import { strippedMedia } from '../adapters/media/strippedMedia.ts';
import { lawBook } from '../adapters/policy/lawBook.ts';
import { loadPhrases } from '../adapters/policy/loadPhrases.ts';
import { mongoRecords } from '../adapters/records/mongoRecords.ts';
import { reportPages } from '../adapters/report/reportPages.ts';
import type { Kept, KeptOptions } from '../engine/kept.ts';
import { openKept } from '../engine/openKept.ts';
import { startPolicy } from '../engine/policy/startPolicy.ts';
import { type UnderPolicy, worldInForce } from '../engine/policy/worldInForce.ts';
import type { LawBook } from '../engine/ports/edges.ts';
import type { PersonalDataSource } from '../engine/ports/personalDataSource.ts';
import { demandSources } from '../engine/sources/demandSources.ts';
import { severalSources } from '../engine/sources/severalSources.ts';
import { KeptError } from '../kernel/keptError.ts';
import type { Policy } from '../kernel/policy/policy.ts';
import { cookieGate } from './cookies/cookieGate.ts';
import { demandConnectors } from './demandConnectors.ts';
import { network } from './egress/network.ts';
import { bindGuard } from './guard/boundGuards.ts';
import { privacyRouter } from './router.ts';

/** What `createKept` does, with all that it takes loaded. */
export async function assembleKept(options: KeptOptions): Promise<Kept> {
  const { policy } = options;
  for (const connection of [options.data, options.control]) if (connection) requireDatabaseTls(connection);

  const records = mongoRecords(() => databaseOf(options.control ?? options.data));
  const { mode = 'observe' } = options;
  const ground = {
    service: policy.pack,
    law: lawBook(),
    phrases: await loadPhrases('en'),
    records,
    live: liveDatabase(() => databaseOf(options.data), options.data),
    files: options.files,
    packages:
      options.packages ??
      // Sealed before it gets there, whatever the disk below is.
      gridFsFiles(options.control ?? options.data, { bucket: 'kept_packages', encrypted: true }),
    zip: zipOf,
    reports: reportPages(),
    media: strippedMedia,
    ...(options.blur && { blur: options.blur }),
    keys: options.keys,
    ledger: options.ledger,
    anchor: options.anchor ?? memoryAnchor(),
    mailer: options.mail,
    letters: handlebarsLetters(),
    reader: postalReader(),
    connectors: demandConnectors(options.connectors),
    ...(options.revoke && { revoke: options.revoke }),
    clock: options.clock ?? systemClock,
    stopwatch,
    crypto: nodeCrypto(),
    publicUrl: options.publicUrl.replace(/\/+$/, ''),
    consoleUrl: options.consoleUrl?.replace(/\/+$/, '') ?? '',
    modeOf: (rule: string) => (typeof mode === 'string' ? mode : (mode[rule] ?? 'observe')),
    log: options.log ?? (() => {}),
  };

  const files = await worldInForce(ground, policy, (version) => underPolicy(version, ground.law, options));
  await records.prepare();
  await startPolicy(files);
  return openKept(await files.inForce(), {
    messageKey,
    router: privacyRouter,
    cookies: cookieGate,
    network,
    guard: (worlds) => bindGuard(databaseOf(options.data), worlds),
  });
}

/** What a version of the policy decides about the surroundings: it may name another law, other holidays, other places. */
async function underPolicy(policy: Policy, law: LawBook, options: KeptOptions): Promise<UnderPolicy> {
  demandFileStores(policy, options.files);
  demandSources(policy, options.sources);
  const { regime, country, contact } = policy.controller;
  // Those that most people fall under stop the start where they cannot be read; the others are read when somebody needs them.
  await Promise.all([regime, policy.regimes.fallback].map((each) => law(each, country)));
  return {
    policy,
    data: dataOf(policy, options),
    mailFrom: options.mailFrom ?? contact,
  };
}

/** What the inventory leaves in the host's database is asked there, and the rest of it where it lies. */
function dataOf(policy: Policy, { data, sources = {} }: KeptOptions): PersonalDataSource {
  const { inventory } = policy;
  const collections = inventory.collections.filter(({ source }) => source === undefined);
  const here = { ...policy, inventory: { ...inventory, collections } };
  const own = mongoData(
    () => databaseOf(data),
    () => here,
  );
  return severalSources(own, sources, inventory);
}

function demandFileStores(policy: Policy, files: KeptOptions['files']): void {
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
